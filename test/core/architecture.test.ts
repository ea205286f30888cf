/** A drawing against its reference: names, arrows, the score, and what must hold for every diagram of the bank. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Architecture,
  type Comparison,
  compareArchitecture,
  drawsOnlyAModel,
  parseArchitecture,
} from "../../src/core/architecture.ts";
import { architectureText } from "../../src/core/architecture_views.ts";
import type { Vocabulary } from "../../src/core/content.ts";
import { bank } from "../kit/bank.ts";

const diagrams = [...bank.cases].flatMap(([slug, item]) => item.diagrams.map((diagram) => [`${slug}/${diagram.id}`, diagram] as const));

const drawing = (text: string): Architecture => {
  const drawn = parseArchitecture(text);
  return drawn.ok ? drawn.drawing : expect.fail(drawn.refusal.title);
};

/** `Name (kind) = alias, alias` one a line, then arrows. */
function reference(boxes: readonly string[], arrows: string): Architecture {
  const { nodes, edges, planes } = drawing(`${boxes.map((box) => box.replace(/ =.*/, "")).join("\n")}\n${arrows}`);
  return {
    planes,
    edges,
    nodes: nodes.map((node, at) => ({ ...node, aliases: boxes[at]?.split(" = ")[1]?.split(", ") ?? [] })),
  };
}

const none: Vocabulary = { terms: [{ name: "nothing", aliases: [], tools: [] }] };
const compare = (typed: string, to: Architecture, vocabulary: Vocabulary = bank.vocabulary) =>
  compareArchitecture(drawing(typed), to, vocabulary);

/** Typed name → the reference's, for matched boxes. */
const matches = ({ nodes }: Comparison) =>
  Object.fromEntries(nodes.filter(({ state }) => state === "matched").map(({ typed, label }) => [typed ?? label, label]));
const edgesBy = ({ nodes, edges }: Comparison, state: string) => {
  const name = (id: string) => nodes.find((node) => node.id === id)?.label;
  return edges.filter((edge) => edge.state === state).map(({ from, to }) => `${name(from)}>${name(to)}`);
};

const pipeline = reference(
  [
    "App (client) = user",
    "Gateway (service)",
    "Vector index (store) = embedding index",
    "Heavy ranker (model) = ranker, DLRM",
    "Event log (queue)",
  ],
  "App -> Gateway -> Vector index -> Heavy ranker -> App\nApp -> Event log",
);

describe("names", () => {
  it.each([
    ["ANN index", "Vector index"],
    ["HNSW", "Vector index"],
    ["vector db", "Vector index"],
    ["vectorindex", "Vector index"],
    ["index of vectors", undefined],
    ["Vektor index", "Vector index"],
    ["vector indexes", "Vector index"],
    ["the VECTOR  index", "Vector index"],
    ["Faiss vector index", "Vector index"],
    ["embedding index (Milvus)", "Vector index"],
    ["heavy ranking", "Heavy ranker"],
    ["heavy rankers", "Heavy ranker"],
    ["hevay ranker", "Heavy ranker"],
    ["light ranker", undefined],
    ["Kafka", "Event log"],
    ["message queue", "Event log"],
    ["Kafka / event log", "Event log"],
    ["log", "Event log"],
    ["user", "App"],
    ["mobile app", "App"],
    ["edge gateway", "Gateway"],
    ["Gatway", "Gateway"],
    ["gateway service", "Gateway"],
    ["payments", undefined],
    ["🙂", undefined],
  ])("%s is %s", (typed, label) => {
    const found = compare(`${typed} -> zzz`, pipeline);
    expect(Object.values(matches(found))).toEqual(label === undefined ? [] : [label]);
  });

  it("takes Kafka for the queue only where there is one", () => {
    const two = reference(["Click topic (queue)", "View topic (queue)", "App (client)"], "App -> Click topic, View topic");
    expect(matches(compare("app -> kafka", two))).toEqual({ App: "App" });
  });

  it("tells an exact name from an alias, and an alias from a likeness, whatever the order", () => {
    const rankers = reference(["Ranker (model)", "Final stage (model) = ranker, rankers"], "Ranker -> Final stage");
    expect(matches(compare("ranker -> finol stage", rankers, none))).toEqual({ Ranker: "Ranker", "finol stage": "Final stage" });
    const stages = reference(["Stage one (model) = sorter", "Sorter second (model)"], "Stage one -> Sorter second");
    expect(matches(compare("sorter -> sorter secund", stages, none))).toEqual({ sorter: "Stage one", "sorter secund": "Sorter second" });
  });

  it("finds the best pairing of all, not the first that fits", () => {
    const caches = reference(["Row cache (store) = cache, fast store", "Page cache (store) = cache"], "Row cache -> Page cache");
    expect(matches(compare("cache -> fast store", caches, none))).toEqual({ cache: "Page cache", "fast store": "Row cache" });
  });

  it("settles a tie by the neighbours", () => {
    const topics = reference(
      ["Ads (service)", "Views (queue) = kafka", "Player (client)", "Clicks (queue) = kafka"],
      "Ads -> Views\nPlayer -> Clicks",
    );
    expect(matches(compare("player -> kafka", topics))).toMatchObject({ kafka: "Clicks" });
    expect(matches(compare("ads -> kafka", topics))).toMatchObject({ kafka: "Views" });
  });

  it("takes two boxes for two, and one with an and in its name for one", () => {
    const found = compare("app -> gateway and event log\ngateway -> app plus payments", pipeline);
    expect(matches(found)).toEqual({ App: "App", Gateway: "Gateway", "Event log": "Event log" });
    expect(edgesBy(found, "matched")).toEqual(["App>Gateway", "App>Event log"]);
    expect(edgesBy(found, "extra")).toEqual(["Gateway>app plus payments"]);
    const auction = reference(["Auction and pacing (service) = auction", "Pacing (service)"], "Auction and pacing -> Pacing");
    expect(matches(compare("auction & pacing -> pacing", auction))).toEqual({
      "Auction and pacing": "Auction and pacing",
      Pacing: "Pacing",
    });
  });

  it("says what a box was called only when it was called otherwise", () => {
    expect(compare("app -> gateways -> HNSW", pipeline).nodes.map(({ typed }) => typed)).toEqual([
      undefined,
      undefined,
      "HNSW",
      undefined,
      undefined,
    ]);
  });
});

describe("arrows", () => {
  it("knows right, missing, reversed, extra and short-cut", () => {
    const found = compare("app -> gateway -> ranker\nevent log -> app\ngateway -> cache\nevent log -> gateway", pipeline);
    expect(edgesBy(found, "matched")).toEqual(["App>Gateway"]);
    expect(edgesBy(found, "shortcut")).toEqual(["Gateway>Heavy ranker"]);
    expect(edgesBy(found, "reversed")).toEqual(["App>Event log"]);
    expect(edgesBy(found, "extra")).toEqual(["Gateway>cache", "Event log>Gateway"]);
    expect(edgesBy(found, "missing")).toEqual(["Gateway>Vector index", "Vector index>Heavy ranker", "Heavy ranker>App"]);
  });

  it("takes an arrow past a box that stands between for extra, past one drawn elsewhere for a shortcut", () => {
    const past = compare("app -> gateway -> vector index -> ranker\ngateway -> ranker", pipeline);
    expect(edgesBy(past, "extra")).toEqual(["Gateway>Heavy ranker"]);
    const elsewhere = compare("app -> gateway -> ranker\nvector index -> gateway", pipeline);
    expect(edgesBy(elsewhere, "shortcut")).toEqual(["Gateway>Heavy ranker"]);
  });

  it("takes the way back of an arrow that goes one way for extra", () => {
    expect(edgesBy(compare("app <-> event log", pipeline), "extra")).toEqual(["Event log>App"]);
  });

  it("keeps ids apart when a drawing has the reference's", () => {
    const a = { planes: [], nodes: [{ id: "x", label: "One", kind: "store" }], edges: [] } as const;
    const b = { planes: [], nodes: [{ id: "x", label: "Two", kind: "store" }], edges: [] } as const;
    expect(compareArchitecture(a, b, none).nodes.map(({ id, state }) => [id, state])).toEqual([
      ["x", "missing"],
      ["x-extra", "extra"],
    ]);
  });
});

describe("the score", () => {
  // The reference has 5 boxes and 5 arrows.
  it.each([
    ["everything", "app -> gateway -> vector index -> ranker -> app\napp -> event log", 1],
    ["2 boxes and their arrow", "app -> gateway", (2 * 3) / (3 + 10)],
    ["a reversed arrow is half", "gateway -> app", (2 * 2.5) / (3 + 10)],
    ["a shortcut is not counted", "gateway -> ranker", (2 * 2) / (2 + 10)],
    ["extra boxes and arrows cost precision", "app -> gateway -> cache", (2 * 3) / (5 + 10)],
    ["nothing", "one -> two", 0],
  ])("%s", (_name, typed, f1) => expect(compare(typed, pipeline).f1).toBeCloseTo(f1, 10));

  it("is 0 for two empty sheets", () => {
    const empty = { planes: [], nodes: [], edges: [] };
    expect(compareArchitecture(empty, empty, bank.vocabulary).f1).toBe(0);
  });
});

describe.each(diagrams)("%s", (_id, diagram) => {
  const whole = drawing(architectureText(diagram));
  const f1 = (drawn: Architecture) => compareArchitecture(drawn, diagram, bank.vocabulary).f1;

  it("is itself, as it is and as its own text", () => {
    expect(f1(diagram)).toBe(1);
    expect(f1(whole)).toBe(1);
    expect(whole.nodes.map(({ label, plane }) => [label, whole.planes.find(({ id }) => id === plane)?.title]).sort()).toEqual(
      diagram.nodes.map(({ label, plane }) => [label, diagram.planes.find(({ id }) => id === plane)?.title]).sort(),
    );
    expect(whole.edges.map(({ async, label }) => `${async} ${label}`).sort()).toEqual(
      diagram.edges.map(({ async, label }) => `${async} ${label}`).sort(),
    );
  });

  it("stays itself by any alias", () => {
    for (const [at, node] of diagram.nodes.entries())
      for (const alias of node.aliases) {
        const nodes = diagram.nodes.map((one, index) => (index === at ? { ...one, label: alias, aliases: [] } : one));
        expect(f1({ ...diagram, nodes }), alias).toBe(1);
      }
  });

  it("never gains by leaving a box out, nor by turning an arrow", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(diagram.nodes.map(({ id }) => id)), (dropped) => {
        let last = 1;
        for (let count = 1; count <= dropped.length; count++) {
          const gone = dropped.slice(0, count);
          const left = {
            ...whole,
            nodes: diagram.nodes.filter(({ id }) => !gone.includes(id)),
            edges: diagram.edges.filter(({ from, to }) => !gone.includes(from) && !gone.includes(to)),
          };
          const now = f1(left);
          expect(now).toBeLessThanOrEqual(last);
          last = now;
        }
      }),
      { numRuns: 10 },
    );
    for (const turned of diagram.edges.keys())
      expect(
        f1({ ...diagram, edges: diagram.edges.map((edge, at) => (at === turned ? { ...edge, from: edge.to, to: edge.from } : edge)) }),
      ).toBeLessThan(1);
  });

  it("is compared alike in any order", () => {
    const order = [...whole.nodes].reverse();
    const there = compareArchitecture({ ...whole, nodes: order, edges: [...whole.edges].reverse() }, diagram, bank.vocabulary);
    expect(there.f1).toBe(1);
  });
});

it("is total and within 0 and 1 for any drawing", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom(...diagrams[0]![1].nodes.flatMap(({ label, aliases }) => [label, ...aliases]), "x", "Kafka", "cache"),
          fc.nat(30),
        ),
        {
          minLength: 2,
          maxLength: 30,
        },
      ),
      (boxes) => {
        const text = boxes.map(([name, to]) => `${name} -> ${boxes[to % boxes.length]![0]}`).join("\n");
        const drawn = parseArchitecture(text);
        if (!drawn.ok) return;
        const found = compareArchitecture(drawn.drawing, diagrams[0]![1], bank.vocabulary);
        expect(found.f1).toBeGreaterThanOrEqual(0);
        expect(found.f1).toBeLessThanOrEqual(1);
        expect(compareArchitecture(drawn.drawing, diagrams[0]![1], bank.vocabulary)).toEqual(found);
        const ids = new Set(found.nodes.map(({ id }) => id));
        expect(ids.size).toBe(found.nodes.length);
        expect(found.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
        const drawnEdges = found.edges.filter(({ state }) => state !== "missing").length;
        expect(drawnEdges).toBe(drawn.drawing.edges.length);
      },
    ),
    { numRuns: 300 },
  );
});

it("knows the roles by the vocabulary's own names", () => {
  const names = new Set(bank.vocabulary.terms.map(({ name }) => name));
  for (const name of ["client", "message queue", "stream processing", "batch processing", "monitoring", "model server"])
    expect(names).toContain(name);
});

describe("a drawing of a model alone", () => {
  it.each([
    "user features -> embedding layer -> MLP -> sigmoid",
    "input -> encoder -> attention -> softmax -> output",
    "user tower -> dot product\nitem tower -> dot product",
    "text -> BERT -> linear head -> loss",
  ])("%j", (text) => expect(drawsOnlyAModel(drawing(text))).toBe(true));

  it.each([
    "client -> gateway -> ranker",
    "app -> api -> two-tower -> ranker -> app",
    "feature store -> embedding layer -> MLP -> softmax",
    "input -> output",
    "kafka -> flink -> redis",
    "images -> encoder -> vector index",
  ])("not %j", (text) => expect(drawsOnlyAModel(drawing(text))).toBe(false));

  it("is no diagram of the bank", () => {
    for (const [id, diagram] of diagrams) expect(drawsOnlyAModel(diagram), id).toBe(false);
  });
});
