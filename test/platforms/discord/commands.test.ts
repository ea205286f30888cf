import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { type Command, command } from "../../../src/app/command.ts";
import { applicationCommands } from "../../../src/platforms/discord/commands.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { adapterFor } from "./harness.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";

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
  });
});

describe("registration", () => {
  let standIn: DiscordStandIn;
  const writes = () => standIn.requests.filter((request) => request.startsWith("PUT ")).length;
  const startWith = async (list: readonly Command[], more: { guildId?: string } = {}) => {
    const dispatcher = Object.assign(new RecordingDispatcher(), { commands: list });
    const adapter = adapterFor(standIn, dispatcher, more);
    await adapter.start();
    await adapter.stop();
    return writes();
  };
  beforeAll(async () => {
    standIn = await startDiscordStandIn({ people: [] });
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
    // In direct messages only what needs no channel.
    const alone = standIn.world.commands.global.filter(({ contexts }) => JSON.stringify(contexts) !== "[0]");
    expect(alone.map(({ name, contexts }) => [name, contexts])).toEqual(
      commands.filter(({ anywhere, hidden }) => anywhere && !hidden).map(({ path }) => [path, [0, 1]]),
    );
    expect(standIn.world.commands.global.filter(({ type }) => type === 3).map(({ name }) => name)).toEqual(["Answer with this message"]);
    expect(standIn.world.commands.guild).toEqual([]);
  });

  it("writes them for one server alone when it is named", async () => {
    const before = writes();
    expect(await startWith(commands, { guildId: standIn.guildId })).toBe(before + 1);
    expect(await startWith(commands, { guildId: standIn.guildId })).toBe(before + 1);
    expect(standIn.world.commands.guild.map(({ name }) => name)).toContain("daily");
  });

  it("says when the server is not the bot's", async () => {
    const adapter = adapterFor(standIn, new RecordingDispatcher(), { guildId: "12345" });
    await expect(adapter.start()).rejects.toThrow(/^DISCORD_GUILD_ID/);
    await adapter.stop();
  });
});
