/** A pattern to look up: its problem, its shape, when it pays and how it breaks. */
import type { Case, Pattern } from "./content.ts";
import { clip, literal } from "./markup.ts";
import { pictureBlock } from "./picture.ts";
import type { Block, View } from "./view.ts";

const list = (title: string, lines: readonly string[]): Block => ({
  kind: "text",
  markdown: `**${title}**\n${lines.map((line) => `- ${literal(line)}`).join("\n")}`,
});

export function patternView({ title, problem, shape, when, breaks, uses, sources }: Pattern, cases: ReadonlyMap<string, Case>): View {
  const shown = uses.slice(0, 5).flatMap((slug) => (cases.has(slug) ? [slug] : []));
  const cited = sources.map((one) => `[${literal(one.title)}](${one.url.replaceAll(")", "%29")}), ${literal(one.by)}, ${one.year}`);
  return {
    title: `Pattern · ${title}`,
    blocks: [
      { kind: "text", markdown: literal(problem) },
      pictureBlock({ kind: "diagram", title, architecture: shape, alt: shape.alt }),
      list("It pays when", when),
      list("How it breaks", breaks),
      { kind: "text", markdown: clip(cited.join("\n"), 500) },
      {
        kind: "buttons",
        buttons: shown.map((slug) => ({ label: clip(cases.get(slug)?.title ?? slug, 60), command: "case", input: { case: slug } })),
      },
    ],
  };
}
