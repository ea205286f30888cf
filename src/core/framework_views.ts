/** The framework to look up: seven steps, the breakdown of requirements into three, the quick frame of four. */
import { rows } from "./case_views.ts";
import type { Framework } from "./content.ts";
import { bold, literal } from "./markup.ts";
import type { Block, Button, View } from "./view.ts";

const open = (label: string, part: string): Button => ({ label, command: "framework", input: { part } });
const listed = (title: string, items: readonly string[]): Block => ({
  kind: "text",
  markdown: [bold(title), ...items.map((item) => `- ${literal(item)}`)].join("\n"),
});
const overview: Button = { label: "The seven steps", command: "framework", input: {} };

/** `part`: "step-1" to "step-7", "breakdown", "quick"; anything else shows the overview. */
export function frameworkView(framework: Framework, part: string | undefined): View {
  const at = Number(/^step-(\d)$/.exec(part ?? "")?.[1]) - 1;
  if (framework.steps[at]) return stepView(framework, at);
  if (part === "breakdown") return breakdownView(framework);
  return part === "quick" ? quickView(framework) : overviewView(framework);
}

function overviewView({ steps, breakdown, quick }: Framework): View {
  const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
  return {
    title: `The seven steps, ${minutes} minutes`,
    blocks: [
      {
        kind: "text",
        markdown: steps
          .map(({ title, goal, minutes: of }, at) => `**${at + 1}. ${literal(title)}** (${of} min) ${literal(goal)}`)
          .join("\n"),
      },
      {
        kind: "text",
        markdown:
          "Whatever the case, four things must not be missing: scale (traffic and data), latency, what happens when data drifts, and the path from data through features to serving.",
      },
      ...rows([
        ...steps.map(({ title }, at) => open(`${at + 1}. ${title}`, `step-${at + 1}`)),
        open(`Requirements in ${breakdown.length} parts`, "breakdown"),
        open(`Quick frame in ${quick.length}`, "quick"),
      ]),
    ],
  };
}

function stepView({ steps }: Framework, at: number): View {
  const step = steps[at];
  if (!step) return { title: "The framework", blocks: [] };
  const neighbour = (to: number): readonly Button[] => {
    const other = steps[to];
    return other ? [open(`${to + 1}. ${other.title}`, `step-${to + 1}`)] : [];
  };
  return {
    title: `${at + 1}. ${step.title}, ${step.minutes} minutes`,
    blocks: [
      { kind: "text", markdown: literal(step.goal) },
      listed("Settle", step.checklist),
      listed("Expect to be asked", step.probes),
      listed("What goes wrong, and what to do instead", step.pitfalls),
      { kind: "text", markdown: [bold("Levels"), ...step.levels.map((level, rank) => `**${rank + 1}.** ${literal(level)}`)].join("\n") },
      { kind: "buttons", buttons: [...neighbour(at - 1), ...neighbour(at + 1), overview] },
    ],
  };
}

const breakdownView = ({ breakdown }: Framework): View => ({
  title: "Requirements in three parts",
  blocks: [
    ...breakdown.map(({ title, ask }) => listed(title, ask)),
    { kind: "buttons", buttons: [open("Quick frame", "quick"), overview] },
  ],
});

function quickView({ quick, steps }: Framework): View {
  const covered = (ids: Framework["quick"][number]["covers"]) =>
    ids.map((id) => steps.findIndex((step) => step.id === id) + 1).join(" and ");
  return {
    title: "The quick frame, for ten minutes",
    blocks: [
      {
        kind: "text",
        markdown: quick.map(({ title, ask, covers }) => `**${literal(title)}** (steps ${covered(covers)})\n${literal(ask)}`).join("\n\n"),
      },
      { kind: "buttons", buttons: [open("Requirements in three parts", "breakdown"), overview] },
    ],
  };
}
