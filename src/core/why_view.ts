/** Why a drill was chosen, for the organizer who asks. */
import type { Framework } from "./content.ts";
import { STEPS } from "./content.ts";
import { type Drill, KIND_WORDS } from "./drill.ts";
import type { Why } from "./drill_choice.ts";
import { mention } from "./markup.ts";
import type { View } from "./view.ts";

export function whyView(drill: Drill, why: Why, framework: Framework): View {
  const title = framework.steps[STEPS.indexOf(why.step)]?.title ?? why.step;
  const strength =
    why.strength === null
      ? "nobody has answered anything on it yet"
      : `the group covers ${Math.round(why.strength * 100)} % of it, and weaker steps come more often`;
  return {
    title: `Why: ${drill.title}`,
    blocks: [
      {
        kind: "facts",
        facts: [
          { name: "Kind", value: `${KIND_WORDS[why.kind]}: it was furthest behind its share of the last drills` },
          { name: "Step", value: `${title}: ${strength}` },
          {
            name: "Left",
            value:
              why.fresh > 0
                ? `${why.fresh} of ${why.allowed} that your mix allows had not come yet; none comes twice before`
                : `all ${why.allowed} that your mix allows have come, so they come again, the rarest first`,
          },
          ...(drill.kind === "open" && drill.by !== undefined
            ? [{ name: "Own", value: `a question of ${mention(drill.by)}: the group's own come first` }]
            : []),
          ...(why.widened ? [{ name: "Mix", value: "your mix or plan left nothing, so the whole bank was taken" }] : []),
        ],
      },
      {
        kind: "text",
        markdown: "Cases in an open round are left out, since a reveal would spoil it. The same history gives the same choice.",
      },
    ],
  };
}
