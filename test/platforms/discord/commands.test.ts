import type { REST } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { type Command, command } from "../../../src/app/command.ts";
import { applicationCommands } from "../../../src/platforms/discord/commands.ts";
import type { DiscordOptions } from "../../../src/platforms/discord/index.ts";
import { removeStale } from "../../../src/platforms/discord/register.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { adapterFor } from "./harness.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";
import { commandProblems } from "./stand_in/rules.ts";
import type { Json } from "./stand_in/world.ts";

const unused = () => Promise.reject(new Error("not run here"));
const unit = (path: string, more: Partial<Command> = {}): Command =>
  ({ ...command({ path, summary: `What ${path} does`, access: "anyone", input: z.object({}), run: unused }), ...more }) as Command;

describe("application commands", () => {
  it("come from the definitions: first word, second word, typed options", () => {
    const fields = z.object({
      count: z.int().min(1).max(9).describe("How many"),
      share: z.number().min(0.5).optional(),
      loud: z.boolean().default(false),
      tone: z.enum(["calm", "keen"]),
      zone: z.string().max(60).meta({ completes: true }),
      who: z.string().max(80).meta({ completes: true, member: true }),
    });
    const [echo, round] = applicationCommands([
      unit("echo", { input: fields, complete: unused }),
      unit("round start"),
      unit("round secret", { hidden: true }),
      unit("round stop"),
    ]);
    expect(echo?.options).toEqual([
      { name: "count", description: "How many", type: 4, required: true, min_value: 1, max_value: 9 },
      {
        name: "tone",
        description: "tone",
        type: 3,
        required: true,
        choices: [
          { name: "calm", value: "calm" },
          { name: "keen", value: "keen" },
        ],
      },
      { name: "zone", description: "zone", type: 3, required: true, autocomplete: true, max_length: 60 },
      { name: "who", description: "who", type: 6, required: true },
      { name: "share", description: "share", type: 10, min_value: 0.5 },
      { name: "loud", description: "loud", type: 5 },
    ]);
    expect(round).toMatchObject({
      name: "round",
      description: "round: start, stop",
      options: [{ type: 1, name: "start", description: "What round start does" }, { name: "stop" }],
    });
  });

  it("asks for no option where a form can ask", () => {
    const input = z.object({ text: z.string() });
    const [plain, withForm] = applicationCommands([unit("a", { input }), unit("b", { input, form: unused })]);
    expect(plain?.options).toMatchObject([{ name: "text", required: true }]);
    expect(withForm?.options).toEqual([{ name: "text", description: "text", type: 3 }]);
  });

  it("hides from members only what is for organizers as a whole", () => {
    const organizer = { access: "organizer" } as const;
    const [alone, mixed] = applicationCommands([unit("setup", organizer), unit("daily now", organizer), unit("daily today")]);
    expect(alone?.default_member_permissions).toBe("32");
    expect(mixed?.default_member_permissions).toBeUndefined();
  });

  it("refuses what Discord cannot express", () => {
    expect(() => applicationCommands([unit("daily"), unit("daily skip")])).toThrow(/"daily" has subcommands/);
    expect(() => applicationCommands([unit("daily skip it")])).toThrow(/more than two words/);
    const input = z.object({ many: z.enum(Array.from({ length: 26 }, (_, at) => `c${at}`)) });
    expect(() => applicationCommands([unit("a", { input })])).toThrow(/"many" has 26 choices; Discord shows 25/);
  });
});

describe("the product's commands", () => {
  const registered = applicationCommands(commands).map((command) => ({ ...command }) as unknown as Json);

  it("fit into Discord's limits, each with room to grow", () => {
    expect(commandProblems(registered, false)).toEqual([]);
    const size = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? Object.entries(value).reduce(
            (sum, [key, one]) => sum + (["name", "description", "value"].includes(key) ? String(one).length : size(one)),
            0,
          )
        : 0;
    for (const command of registered) {
      expect({ command: command.name, characters: size(command) }).toSatisfy(({ characters }) => characters < 8_000 * 0.8);
      expect({ command: command.name, options: command.options }).toSatisfy(({ options }) => (options as readonly Json[]).length <= 25);
    }
  });

  it("offer people where a member is named, and choices or completion where there are such", () => {
    const options = (registered.flatMap(({ options: own }) => own) as readonly Json[]).flatMap((one) =>
      one.type === 1 ? (one.options as readonly Json[]) : [one],
    );
    const typesOf = (name: string) => new Set(options.filter((one) => one.name === name).map(({ type }) => type));
    expect(typesOf("member")).toEqual(new Set([6]));
    expect(options.find(({ name }) => name === "zone")).toMatchObject({ type: 3, autocomplete: true });
    expect(options.find(({ name }) => name === "seat")?.choices).toHaveLength(3);
    expect(options.find(({ name }) => name === "hours")).toMatchObject({ type: 4, min_value: 1, max_value: 168 });
  });
});

describe("registration", () => {
  let standIn: DiscordStandIn;
  const writes = () => standIn.requests.filter((request) => request.startsWith("PUT ")).length;
  const startWith = async (list: readonly Command[], more: Partial<DiscordOptions> = {}) => {
    const dispatcher = Object.assign(new RecordingDispatcher(), { commands: list });
    const adapter = adapterFor(standIn, dispatcher, more);
    await adapter.start();
    await adapter.stop();
    return writes();
  };
  beforeAll(async () => {
    standIn = await startDiscordStandIn({ people: [], guilds: 3 });
  });
  afterAll(async () => {
    await standIn.stop();
    expect(standIn.violations).toEqual([]);
  });

  it("writes the product's commands once, and again only when one changed", async () => {
    expect(await startWith(commands)).toBe(1);
    expect(await startWith(commands)).toBe(1);
    expect(await startWith([...commands.slice(-1), ...commands.slice(0, -1)])).toBe(1);
    expect(await startWith([...commands, unit("another")])).toBe(2);
    expect(await startWith(commands)).toBe(3);
    for (const command of standIn.world.commands.global) expect(command).toMatchObject({ integration_types: [0] });
    // In direct messages only what needs no channel.
    const alone = standIn.world.commands.global.filter(({ contexts }) => JSON.stringify(contexts) !== "[0]");
    expect(alone.map(({ name, contexts }) => [name, contexts])).toEqual(
      [...new Set(commands.flatMap(({ path, anywhere, hidden }) => (anywhere && !hidden ? [path.split(" ")[0]] : [])))].map((name) => [
        name,
        [0, 1],
      ]),
    );
    expect(alone.map(({ name }) => name)).toContain("data");
    expect(standIn.world.commands.global.filter(({ type }) => type === 3).map(({ name }) => name)).toEqual(["Answer with this message"]);
    expect(standIn.world.commands.guild).toEqual([]);
  });

  it("writes them for one server alone when it is named", async () => {
    const before = writes();
    expect(await startWith(commands, { guildId: standIn.guildId })).toBe(before + 1);
    expect(await startWith(commands, { guildId: standIn.guildId })).toBe(before + 1);
    expect(standIn.world.commands.guild.map(({ name }) => name)).toContain("daily");
    expect(new Set(standIn.world.commands.guild.map(({ guild_id }) => guild_id))).toEqual(new Set([standIn.guildId]));
  });

  it("takes them away from single servers when they are for all again, and looks no more when there are many", async () => {
    const [, , third] = standIn.world.guilds;
    await startWith(commands, { guildId: third?.id ?? "" });
    expect(standIn.world.commands.guild).toHaveLength(2 * (applicationCommands(commands).length + 1));
    await startWith(commands);
    expect(standIn.world.commands.guild).toEqual([]);
    expect(standIn.world.commands.global.map(({ name }) => name)).toContain("daily");
    const before = standIn.requests.length;
    const rest = { get: () => expect.fail("looked"), put: () => expect.fail("wrote") } as unknown as REST;
    expect(await removeStale(rest, "1", Array.from({ length: 26 }, String))).toEqual([]);
    expect(standIn.requests).toHaveLength(before);
  });

  it("is done by the process that runs the first shard, and by no other", async () => {
    const before = writes();
    const asked = () => standIn.requests.filter((request) => request === `GET /applications/${standIn.world.application}/commands`).length;
    const looked = asked();
    expect(await startWith([...commands, unit("fourth")], { shards: { ids: [1, 2], of: 3 } })).toBe(before);
    expect(asked()).toBe(looked);
    expect(await startWith([...commands, unit("fourth")], { shards: { ids: [0], of: 3 } })).toBe(before + 1);
  });

  it("says when the server is not the bot's", async () => {
    const adapter = adapterFor(standIn, new RecordingDispatcher(), { guildId: "12345" });
    await expect(adapter.start()).rejects.toThrow(/^DISCORD_GUILD_ID/);
    await adapter.stop();
  });
});
