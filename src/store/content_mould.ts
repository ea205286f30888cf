/** Whether the cases were written one by one, or from a mould. */
import { type Case, STEPS } from "../core/content.ts";
import { contentStems, tokenize } from "../core/grading_text.ts";
import type { Finding } from "./content_problem.ts";

/** Share of the smaller online path's boxes that another case's may have, too. */
const SHARED_BOXES = 0.5;
/** Words at the beginning of an example that make its frame. */
const FRAME = 5;
/** So many examples of the whole bank may begin alike: people do say "I'd start with the". */
const ALIKE = 5;
/** Shared stems of two references of one step, the words of both domains left out, over all their stems. */
const SAME_REFERENCE = 0.4;

interface Found {
  readonly slug: string;
  readonly finding: Finding;
}

/** By the slug of the later case. */
export function mouldFindings(cases: ReadonlyMap<string, Case>): Found[] {
  const all = [...cases].map(([slug, item]) => ({ slug, item }));
  const pairs = all.flatMap((later, at) => all.slice(0, at).map((earlier) => ({ earlier, later })));
  return [...pairs.flatMap(({ earlier, later }) => [...boxes(earlier, later), ...references(earlier, later)]), ...frames(all)];
}

interface Slugged {
  readonly slug: string;
  readonly item: Case;
}

function boxes(earlier: Slugged, later: Slugged): Found[] {
  const labels = ({ item }: Slugged) =>
    new Set(item.diagrams.filter(({ shows }) => shows === "online").flatMap(({ nodes }) => nodes.map(({ label }) => label.toLowerCase())));
  const [before, own] = [labels(earlier), labels(later)];
  const shared = [...own].filter((label) => before.has(label));
  if (shared.length < SHARED_BOXES * Math.min(before.size, own.size) || shared.length === 0) return [];
  const message = `the online path shares ${shared.length} boxes with ${earlier.slug} (${shared.join(", ")}); draw what this system has of its own`;
  return [{ slug: later.slug, finding: { path: ["diagrams"], message } }];
}

function references(earlier: Slugged, later: Slugged): Found[] {
  const domain = new Set([earlier, later].flatMap(({ item }) => [...stems([item.title, item.prompt, ...item.topics].join(". "))]));
  return STEPS.flatMap((step) => {
    const [before, own] = [earlier, later].map(
      ({ item }) => new Set([...stems(item.steps[step].reference)].filter((stem) => !domain.has(stem))),
    );
    if (!before || !own) return [];
    const shared = [...own].filter((stem) => before.has(stem)).length;
    const likeness = shared / Math.max(1, before.size + own.size - shared);
    if (likeness < SAME_REFERENCE) return [];
    const message = `with the names of its domain masked it could stand in ${earlier.slug} (${Math.round(likeness * 100)} % of the words); say what is particular here`;
    return [{ slug: later.slug, finding: { path: ["steps", step, "reference"], message } }];
  });
}

const stems = (text: string): ReadonlySet<string> => contentStems(tokenize(text));

function frames(cases: readonly Slugged[]): Found[] {
  const seen = new Map<string, number>();
  return cases.flatMap(({ slug, item }) =>
    STEPS.flatMap((step) =>
      item.steps[step].rubric.flatMap(({ good }, at) =>
        good.flatMap((text, nth) => {
          const frame = (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).slice(0, FRAME).join(" ");
          const count = (seen.get(frame) ?? 0) + 1;
          seen.set(frame, count);
          if (count <= ALIKE) return [];
          const message = `${count} examples of the bank begin "${frame} …"; let another person say it`;
          return [{ slug, finding: { path: ["steps", step, "rubric", at, "good", nth], message } }];
        }),
      ),
    ),
  );
}
