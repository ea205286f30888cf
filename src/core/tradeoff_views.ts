/** Trade-offs to look up: one in full, and all as a sheet to memorise. */
import { rows } from "./case_views.ts";
import type { Tradeoff } from "./content.ts";
import { bold, literal } from "./markup.ts";
import { pictureBlock, type SheetRow } from "./picture.ts";
import type { Button, View } from "./view.ts";

/** What one types instead of a name to see them all. */
export const SHEET = "sheet";
/** Text of one page of the sheet; title and buttons stand beside it. */
const PAGE_CHARACTERS = 3_200;

export function tradeoffView(tradeoff: Tradeoff): View {
  const side = ({ name, wins }: Tradeoff["a"]) => [`**${literal(name)}** wins when`, ...wins.map((one) => `- ${literal(one)}`)].join("\n");
  const source = tradeoff.sources.find(({ id }) => id === tradeoff.number.source);
  return {
    title: `Trade-off · ${tradeoff.title}`,
    blocks: [
      { kind: "text", markdown: side(tradeoff.a) },
      { kind: "text", markdown: side(tradeoff.b) },
      { kind: "text", markdown: `**The number.** ${literal(tradeoff.number.says)}${source ? `\n${cited(source)}` : ""}` },
      { kind: "buttons", buttons: [sheetButton("The whole sheet", 1)] },
    ],
  };
}

const cited = ({ title, by, year, url }: Tradeoff["sources"][number]): string =>
  `[${literal(title)}](${url.replaceAll(")", "%29")}), ${literal(by)}, ${year}`;

const sheetButton = (label: string, page: number): Button => ({ label, command: "tradeoff", input: { name: SHEET, page } });

/** How many pages the sheet has. */
export const sheetPages = (tradeoffs: Iterable<Tradeoff>): number => paged([...tradeoffs]).length;

/** All trade-offs, a few lines each, on as many pages as they need. `page` counts from 1; one that is not there is the nearest. */
export function sheetView(tradeoffs: Iterable<Tradeoff>, page: number): View {
  const pages = paged([...tradeoffs]);
  const at = Math.min(Math.max(1, page), pages.length);
  const shown = pages[at - 1];
  const subtitle = `Page ${at} of ${pages.length}`;
  return {
    title: pages.length > 1 ? `Trade-offs · page ${at} of ${pages.length}` : "Trade-offs",
    blocks: [
      ...(shown
        ? [
            pictureBlock({ kind: "sheet", title: "Trade-offs", ...(pages.length > 1 ? { subtitle } : {}), rows: shown.map(row) }),
            { kind: "text", markdown: shown.map(brief).join(BETWEEN) } as const,
          ]
        : [{ kind: "text", markdown: "There are no trade-offs in the bank." } as const]),
      ...rows([
        ...(at > 1 ? [sheetButton("Previous page", at - 1)] : []),
        ...(at < pages.length ? [sheetButton("Next page", at + 1)] : []),
      ]),
    ],
  };
}

const brief = ({ title, a, b, number }: Tradeoff): string =>
  [bold(title), ...[a, b].map(({ name, wins }) => `- **${literal(name)}:** ${literal(wins[0] ?? "")}`), `- ${literal(number.says)}`].join(
    "\n",
  );

function row({ title, a, b, number }: Tradeoff): SheetRow {
  const side = ({ name, wins }: Tradeoff["a"]) => ({ name, when: wins[0] ?? "" });
  return { title, a: side(a), b: side(b), rule: number.says };
}

const BETWEEN = "\n\n";

function paged(tradeoffs: readonly Tradeoff[]): readonly (readonly Tradeoff[])[] {
  const pages: Tradeoff[][] = [];
  let left = 0;
  for (const tradeoff of tradeoffs) {
    const length = brief(tradeoff).length + BETWEEN.length;
    const last = pages.at(-1);
    if (last && length <= left) last.push(tradeoff);
    else {
      pages.push([tradeoff]);
      left = PAGE_CHARACTERS;
    }
    left -= length;
  }
  return pages;
}
