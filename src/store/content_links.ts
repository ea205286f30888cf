/** What a schema cannot see: ids said twice, and references to something that is not there. */
import {
  type Case,
  type Curveball,
  type Diagram,
  type Framework,
  type Pattern,
  type Plan,
  STEPS,
  type Step,
  type Tradeoff,
  type Vocabulary,
} from "../core/content.ts";
import type { Finding, Path } from "./content_problem.ts";

/** `tradeoffs` are the slugs of all trade-offs of the bank, the broken ones too. */
export function caseLinks(item: Case, tradeoffs: ReadonlySet<string>): Finding[] {
  const sources = idsOf(item.sources);
  return [
    ...twice(item.sources, ["sources"]),
    ...twice(item.estimates, ["estimates"]),
    ...twice(item.curveballs, ["curveballs"]),
    ...twice(item.diagrams, ["diagrams"]),
    ...item.named.flatMap(({ source }, at) => dangling(source, sources, ["named", at, "source"], "source of this file")),
    ...item.claims.flatMap(({ source }, at) => dangling(source, sources, ["claims", at, "source"], "source of this file")),
    ...item.tradeoffs.flatMap((slug, at) => dangling(slug, tradeoffs, ["tradeoffs", at], "file in content/tradeoffs")),
    ...repeated(item.tradeoffs, ["tradeoffs"]),
    ...STEPS.flatMap((step) => stepLinks(item, step)),
    ...item.diagrams.flatMap((diagram, at) => diagramLinks(diagram, ["diagrams", at])),
  ];
}

function stepLinks(item: Case, name: Step): Finding[] {
  const { rubric, probes } = item.steps[name];
  const points = idsOf(rubric);
  const path = ["steps", name];
  return [
    ...twice(rubric, [...path, "rubric"]),
    ...probes.flatMap(({ point }, at) => dangling(point, points, [...path, "probes", at, "point"], "rubric point of this step")),
    ...rubric.flatMap((point, at) =>
      point.alsoEarns.flatMap((id, nth) =>
        id === point.id
          ? [{ path: [...path, "rubric", at, "alsoEarns", nth], message: "names its own point; remove it" }]
          : dangling(id, points, [...path, "rubric", at, "alsoEarns", nth], "rubric point of this step"),
      ),
    ),
    ...rubric.flatMap((point, at) => [
      ...repeated([...point.good, ...point.bad], [...path, "rubric", at]),
      ...point.groups.flatMap((group, nth) => phraseFaults(group, [...path, "rubric", at, "groups", nth])),
    ]),
  ];
}

function diagramLinks({ nodes, edges, planes }: Pick<Diagram, "nodes" | "edges" | "planes">, path: Path): Finding[] {
  const known = idsOf(nodes);
  const ended = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return [
    ...twice(nodes, [...path, "nodes"]),
    ...twice(planes, [...path, "planes"]),
    ...nodes.flatMap(({ plane }, at) =>
      plane === undefined ? [] : dangling(plane, idsOf(planes), [...path, "nodes", at, "plane"], "plane of this diagram"),
    ),
    ...nodes.flatMap(({ id }, at) =>
      ended.has(id) ? [] : [{ path: [...path, "nodes", at], message: `no edge touches "${id}"; connect it or remove it` }],
    ),
    ...edges.flatMap(({ from, to }, at) => [
      ...dangling(from, known, [...path, "edges", at, "from"], "node of this diagram"),
      ...dangling(to, known, [...path, "edges", at, "to"], "node of this diagram"),
      ...(from === to ? [{ path: [...path, "edges", at], message: `leads from "${from}" to itself; remove it` }] : []),
    ]),
    ...repeated(
      edges.map(({ from, to }) => `${from} -> ${to}`),
      [...path, "edges"],
    ),
  ];
}

export function tradeoffLinks(item: Tradeoff): Finding[] {
  return [
    ...twice(item.sources, ["sources"]),
    ...twice(item.scenarios, ["scenarios"]),
    ...dangling(item.number.source, idsOf(item.sources), ["number", "source"], "source of this file"),
    ...item.scenarios.flatMap(({ answer, options }, at) => [
      ...(answer < options.length
        ? []
        : [{ path: ["scenarios", at, "answer"], message: `is ${answer}, but options are counted from 0 to ${options.length - 1}` }]),
      ...repeated(options, ["scenarios", at, "options"]),
    ]),
  ];
}

/** `cases` are the slugs of all cases, the broken ones too. */
export const patternLinks = (item: Pattern, cases: ReadonlySet<string>): Finding[] => [
  ...twice(item.sources, ["sources"]),
  ...diagramLinks(item.shape, ["shape"]),
  ...item.uses.flatMap((slug, at) => dangling(slug, cases, ["uses", at], "file in content/cases")),
  ...repeated(item.uses, ["uses"]),
];

/** The phases follow each other without a gap, from day 1 to the last. */
export function planLinks({ phases, days }: Plan, cases: ReadonlySet<string>): Finding[] {
  return phases.flatMap((phase, at) => {
    const first = (phases[at - 1]?.to ?? 0) + 1;
    const last = at === phases.length - 1;
    return [
      ...(phase.from === first
        ? []
        : [{ path: ["phases", at, "from"], message: `is ${phase.from}, but the phase begins on day ${first}` }]),
      ...(phase.to >= phase.from ? [] : [{ path: ["phases", at, "to"], message: "lies before the phase begins" }]),
      ...(!last || phase.to === days ? [] : [{ path: ["phases", at, "to"], message: `is ${phase.to}, but the plan has ${days} days` }]),
      ...phase.cases.flatMap((slug, nth) => dangling(slug, cases, ["phases", at, "cases", nth], "file in content/cases")),
    ];
  });
}

export const curveballLinks = ({ curveballs }: { readonly curveballs: readonly Curveball[] }): Finding[] =>
  twice(curveballs, ["curveballs"]);

export function frameworkLinks(framework: Framework): Finding[] {
  const misplaced = framework.steps.findIndex(({ id }, at) => id !== STEPS[at]);
  return [
    ...(misplaced < 0
      ? []
      : [
          {
            path: ["steps", misplaced, "id"],
            message: `must be "${STEPS[misplaced]}"; the seven steps stand in the order ${STEPS.join(", ")}`,
          },
        ]),
    ...twice(framework.breakdown, ["breakdown"]),
    ...twice(framework.quick, ["quick"]),
  ];
}

export function vocabularyLinks({ terms }: Vocabulary): Finding[] {
  const owner = new Map<string, string>();
  const listed = (key: "aliases" | "tools", texts: readonly string[]) => texts.map((word, at) => ({ word, path: [key, at] }));
  return terms.flatMap(({ name, aliases, tools }, at) =>
    [{ word: name, path: ["name"] }, ...listed("aliases", aliases), ...listed("tools", tools)].flatMap(({ word, path }) => {
      const other = owner.get(word.toLowerCase());
      owner.set(word.toLowerCase(), name);
      if (other === undefined) return [];
      return [{ path: ["terms", at, ...path], message: `"${word}" already stands under "${other}"; a word belongs to one term` }];
    }),
  );
}

/** A `*` ends a word and completes nothing by itself. */
const phraseFaults = (group: readonly string[], path: Path): Finding[] =>
  group.flatMap((phrase, at) =>
    phrase.split(/\s+/).every((word) => /^[^*]*[\p{L}\p{N}][^*]*\*?$/u.test(word) || /^[&+/|-]$/.test(word))
      ? []
      : [{ path: [...path, at], message: `"${phrase}": write words, and * only behind the letters of a prefix` }],
  );

const idsOf = (items: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(items.map(({ id }) => id));

const dangling = (id: string, known: ReadonlySet<string>, path: Path, what: string): Finding[] =>
  known.has(id) ? [] : [{ path, message: `"${id}" is no ${what}; there ${known.size === 0 ? "is none" : `are ${[...known].join(", ")}`}` }];

const twice = (items: readonly { readonly id: string }[], path: Path): Finding[] =>
  items.flatMap(({ id }, at) =>
    items.findIndex((other) => other.id === id) < at
      ? [{ path: [...path, at, "id"], message: `"${id}" is there already; ids are unique` }]
      : [],
  );

const repeated = (texts: readonly string[], path: Path): Finding[] =>
  texts.flatMap((text, at) => (texts.indexOf(text) < at ? [{ path, message: `"${text}" is there twice; remove one` }] : []));
