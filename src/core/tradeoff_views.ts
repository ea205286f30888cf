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

/** All trade-offs on one picture; their words beside it, on as many pages as they need. `page` counts from 1; one that is not there is the nearest. */
export function sheetView(tradeoffs: Iterable<Tradeoff>, page: number): View {
  const all = [...tradeoffs];
  const pages = paged(all);
  const at = Math.min(Math.max(1, page), pages.length);
  const shown = pages[at - 1];
  if (!shown) return { title: "Trade-offs", blocks: [{ kind: "text", markdown: "There are no trade-offs in the bank." }] };
  const picture = { kind: "sheet", title: "Trade-offs", subtitle: "When each side wins", rows: all.map(row) } as const;
  return {
    title: pages.length > 1 ? `Trade-offs · words, page ${at} of ${pages.length}` : "Trade-offs",
    blocks: [
      // To print or to keep on the phone: once is enough.
      ...(at === 1 ? [pictureBlock(picture)] : []),
      { kind: "text", markdown: shown.map(brief).join(BETWEEN) },
      ...rows([
        ...(at > 1 ? [sheetButton("Previous page", at - 1)] : []),
        ...(at < pages.length ? [sheetButton("Next page", at + 1)] : []),
      ]),
    ],
  };
}

const brief = ({ title, a, b }: Tradeoff): string =>
  [bold(title), ...[a, b].map((side) => `- **${literal(side.name)}:** ${literal(side.in_short)}`)].join("\n");

function row({ title, a, b }: Tradeoff): SheetRow {
  const side = ({ name, in_short }: Tradeoff["a"]) => ({ name, when: in_short });
  return { title, a: side(a), b: side(b) };
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
