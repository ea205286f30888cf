import { z } from "zod";
import { command, type Refused, type Scene } from "../src/app/command.ts";
import { casePartView, caseView, parseCasePart } from "../src/core/case_views.ts";
import { lookUp, suggest } from "../src/core/lookup.ts";
import { clip, literal, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";

/** Discord offers at most 25: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete */
const OFFERED = 25;

export const theCase = command({
  path: "case",
  summary: "A case to study: the prompt first, the answers when you ask for them",
  access: "anyone",
  input: z.object({
    case: z.string().trim().max(80).describe('Which case, such as "video"').meta({ completes: true }),
    part: z.string().max(20).optional().meta({ carried: true }),
  }),
  async form(_input, { library: { bank } }) {
    return {
      title: "Cases",
      intro: [...bank.cases.values()]
        .slice(0, OFFERED)
        .map(({ title }) => `- ${literal(title)}`)
        .join("\n"),
      submit: "Look up",
      fields: [{ name: "case", label: "Which one?", hint: "A few words of its title.", required: true, kind: "line", maxLength: 80 }],
    };
  },
  async complete(_field, typed, { library: { bank } }) {
    return suggest(bank.cases, typed)
      .slice(0, OFFERED)
      .map((slug) => ({ label: clip(bank.cases.get(slug)?.title ?? slug, 100), value: slug }));
  },
  async run(input, scene) {
    const { cases, framework } = scene.library.bank;
    const slug = lookUp(cases, input.case) ?? "";
    const item = cases.get(slug);
    if (!item) return unknown(scene, input.case);
    const part = input.part === undefined ? undefined : parseCasePart(input.part, item);
    if (!part) return { ok: true, reply: caseView(slug, item, framework) };
    return (await sealed(scene, slug)) ?? { ok: true, reply: casePartView(slug, item, framework, part) };
  },
});

function unknown({ library: { bank } }: Scene, typed: string): Refused {
  const near = suggest(bank.cases, typed);
  const all = (near.length > 0 ? near : [...bank.cases.keys()]).map((slug) => literal(bank.cases.get(slug)?.title ?? slug));
  return refuse(near.length > 1 ? "There are several" : "There is no such case", `Which one: ${all.slice(0, OFFERED).join("; ")}?`);
}

/** What the group is being asked right now is not answered here: today's drill until its reveal, a round until its end. */
async function sealed({ tx, group, now }: Scene, slug: string): Promise<Refused | undefined> {
  if (!group) return undefined;
  const rounds = await tx.rounds.active(group.id);
  if (rounds.some((round) => round.case === slug))
    return refuse("A round is on this case", "Its answers open here when the round has ended. The prompt is there already.");
  const post = await tx.posts.newest(group.id);
  const asked = post?.state === "open" && post.drill?.split("/")[1] === slug;
  if (!asked || post.revealAt === undefined || now >= post.revealAt) return undefined;
  return refuse(
    "Today's drill is on this case",
    `Its answers open here ${moment(post.revealAt)}, with the reveal. \`/daily answer\` is the way until then.`,
  );
}
