/**
 * Somebody types markup wherever the product takes words, and is called by it. All that is then shown to
 * anybody, private or public, is drawn for each platform: nobody is called, nothing links, nothing is formatted.
 */
import { afterEach, expect, it } from "vitest";
import { fieldsOf } from "../../src/app/input.ts";
import { STEPS } from "../../src/core/content.ts";
import { postId } from "../../src/core/drill_views.ts";
import { parse } from "../../src/core/markup.ts";
import { DAY, HOUR, type Member } from "../../src/core/place.ts";
import type { Block, Button, View } from "../../src/core/view.ts";
import { renderView } from "../../src/platforms/discord/render.ts";
import { drawMessage } from "../../src/platforms/slack/render.ts";
import { drawView } from "../../src/platforms/web/render.ts";
import { buttonLike, buttonOf, CHANNEL, openProduct, type Product } from "../kit/product.ts";
import { livePieces, pingedBy as pingedOnDiscord } from "./discord/stand_in/reading.ts";

let product: Product | undefined;
afterEach(() => product?.close());

const ATTACKS: Readonly<Record<string, string>> = {
  formats: "**evilbold** _evilitalic_ `evilcode` ||evil|| ~~evil~~",
  links: "[evillink](https://evil.example) <https://evil.example|x>",
  calls: "evil {member:victim} {channel:victim} {time:0:date} @everyone @here",
  "platforms' calls": "evil <@1003> <!channel> <!here> <!subteam^S1> <@&1> <#1> <:x:1>",
  lines: "- evilitem\n- evilitem\n# evilhead\n> evil\n1. evil\n```\nevil",
  pages: "</script><img src=x onerror=alert(1)> \\{member:victim} \\\\**evilbold**",
  "odd characters": `\u202eevil\u2066 \u200b\ufeff \ud83d e${"\u0301".repeat(2_000)}\0`,
};

const markdownOf = (block: Block): readonly string[] => {
  if (block.kind === "text") return [block.markdown];
  if (block.kind === "facts") return block.facts.map(({ value }) => value);
  if (block.kind === "rubric") return block.points.map(({ text }) => text);
  return [];
};

/** What of an attack came to life in our own markup. */
function alive(markdown: string): readonly string[] {
  const spans = parse(markdown).flatMap((span) => {
    if (span.kind === "link") return span.href.includes("evil") ? [span.href] : [];
    if (span.kind === "member" || span.kind === "channel") return ["victim", "1003"].includes(span.id) ? [span.id] : [];
    if (span.kind === "time") return span.at === 0 ? ["the time"] : [];
    return span.kind !== "plain" && /^evil\w*$/.test(span.text) ? [span.text] : [];
  });
  return [...spans, ...(markdown.match(/^- evil\w*$/gm) ?? [])];
}

/** Every object of some JSON. */
const objectsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  return [value as Readonly<Record<string, unknown>>, ...Object.values(value).flatMap(objectsIn)];
};

function expectInert(view: View, what: string): void {
  expect(view.blocks.flatMap(markdownOf).flatMap(alive), what).toEqual([]);
  expect(view.notify ?? [], what).not.toContain("victim");

  const discord = renderView(view);
  expect(pingedOnDiscord({ ...discord }), what).toEqual([]);
  // Code is shown as it is typed; pictures' words are no markup.
  const contents = objectsIn(discord.components).map(({ content = "" }) => String(content).replaceAll(/`[^`\n]+`/g, ""));
  for (const piece of contents.flatMap(livePieces)) expect(piece, what).not.toMatch(/^<[@#!&:]|^@|^:x:|^[*_~|`]+evil\w*[*_~|`]+$/);
  expect(contents.join(), what).not.toContain("https://evil");

  const slack = drawMessage({ ...view, notify: [] }, (id) => id);
  for (const { type, url, text, style } of objectsIn(slack.blocks)) {
    expect(["user", "broadcast", "usergroup", "emoji", "mrkdwn"], what).not.toContain(type);
    expect(String(url), what).not.toContain("evil");
    if (style !== undefined) expect(String(text), what).not.toMatch(/^evil\w*$/);
  }
  expect(slack.text, what).not.toMatch(/<[@!#]|<https:\/\/evil/);

  const drawn = drawView(view, { nameOf: (id) => id, frameOf: () => undefined as never });
  for (const { href, kind, id } of objectsIn(drawn)) {
    expect(String(href), what).not.toContain("evil");
    if (kind === "member" || kind === "channel") expect(id, what).not.toBe("victim");
  }
}

/** Everybody is called by the attack, and says it wherever words are taken. */
async function everywhere(words: string): Promise<readonly View[]> {
  product = await openProduct();
  const { engine, sent, pass, said, store, library } = product;
  const views: View[] = [];
  const member = (name: string): Member => ({ platform: "web", space: "s1", id: name, name: words, manager: name === "ada" });
  const act = async (name: string, path: string, input: Record<string, unknown> = {}, revision?: number): Promise<View> => {
    if (product) product.now += 3_000;
    const invocation = {
      id: `i${views.length}`,
      path,
      input,
      who: member(name),
      place: CHANNEL,
      ...(revision === undefined ? {} : { revision }),
    };
    const opened = await engine.dispatcher.open(invocation);
    if ("form" in opened) views.push({ title: opened.form.title, blocks: [{ kind: "text", markdown: opened.form.intro ?? "" }] });
    const reply = await engine.dispatcher.dispatch(invocation);
    views.push(reply);
    return reply;
  };
  const press = (name: string, { command, input, revision }: Button) => act(name, command, input, revision);
  const newest = (title: string): View => said(title).at(-1)?.view ?? expect.fail(`nobody said "${title}"`);
  const long = `We ask for the traffic and the goal. ${words}`.slice(0, 1_400);

  await act("ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open" });
  await pass(HOUR);
  const feedback = await act("ben", "daily answer", { answer: long });
  await press("ben", buttonOf(feedback, "Share it at the reveal"));
  await act("ben", "daily report", { reason: "wrong", note: words.slice(0, 400) });
  const prompt = `What would you ask first, and whom? ${words}`.slice(0, 900);
  await act("ben", "daily propose", {
    step: "data",
    prompt,
    reference: long,
    points: `Says ${words.slice(0, 90).replaceAll("\n", " ")} | traffic`,
  });
  await press("ada", buttonLike(await act("ada", "daily proposals"), "Approve"));
  const group = (await store.read.groups.at(CHANNEL)) ?? expect.fail("no group");
  const open = (await store.read.posts.newest(group.id)) ?? expect.fail("no drill");
  await pass(21 * HOUR);
  const drill = library.drills.get(open.drill ?? "");
  const [point] = drill?.kind === "open" ? drill.rubric : [];
  await act("ben", "daily dispute", { point: point?.id, words: long.slice(0, 480), post: postId(open) });
  await pass(0);
  // A character that cannot be kept is not found again in the answer.
  const disputed = said("Does this answer say it?").at(-1);
  if (disputed) await press("chen", buttonLike(disputed.view, "It says it"));
  await act("ben", "draw", { case: "ad-click", diagram: "system", drawing: `a -> b\n${words.replaceAll("\n", " ").slice(0, 60)} -> c` });

  await act("ada", "mock start", { seat: "candidate" });
  await pass(0);
  const lobby = newest("Mock round");
  await press("ben", buttonOf(lobby, "Interviewer"));
  await press("chen", buttonOf(lobby, "Scorer"));
  await press("ben", buttonOf(lobby, "Begin"));
  await pass(0);
  for (const step of STEPS.keys()) {
    await act("ada", "mock answer", { text: long });
    await act("ben", "mock ask", { question: "own", words: words.slice(0, 500) });
    await press("ben", buttonLike(newest(`Step ${step + 1} of 7`), "Next step"));
    await pass(0);
  }
  for (const step of STEPS.keys())
    for (const scorer of ["ben", "chen"])
      await act(scorer, "mock score", { step: step + 1, level: 3, worked: words.slice(0, 300), improve: words.slice(0, 300) });
  await pass(1_000);
  await act("ada", "season start", { name: words.slice(0, 60) });
  // Every other command, with the attack in each of its texts and the least of the rest.
  for (const command of engine.dispatcher.commands) {
    const input = fieldsOf(command).map(({ name, type, choices, minimum, maxLength }) => {
      const value = choices?.[0] ?? (type === "string" ? words.slice(0, maxLength ?? 4_000) : type === "boolean" ? true : (minimum ?? 1));
      return [name, value] as const;
    });
    if (!["data confirm", "daily pause"].includes(command.path)) await act("ben", command.path, Object.fromEntries(input));
    if (command.access === "organizer" && command.path !== "daily pause") await act("ada", command.path, Object.fromEntries(input));
  }
  await pass(DAY);
  return [...views, ...sent.flatMap((one) => ("view" in one ? [one.view] : []))];
}

it.each(Object.entries(ATTACKS))("%s stay words wherever they are shown", async (_what, words) => {
  const views = await everywhere(words);
  expect(JSON.stringify(views).split("evil").length).toBeGreaterThan(60);
  for (const view of views) {
    expect(view.title).not.toContain("went wrong");
    expectInert(view, JSON.stringify(view).slice(0, 3_000));
  }
});
