/** What people type and paste is read as they meant it; junk is answered, quickly. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_ARROWS, MOST_BOXES, MOST_CHARACTERS, parseArchitecture } from "../../src/core/architecture.ts";

/** Boxes (with kind, when it was said or told by the name), arrows and unread lines, on one line each. */
function read(text: string) {
  const drawn = parseArchitecture(text);
  if (!drawn.ok) return drawn.refusal.title;
  const { nodes, edges, planes } = drawn.drawing;
  const name = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  const plane = (id: string | undefined) => (id === undefined ? "" : `@${planes.find((one) => one.id === id)?.title}`);
  return {
    boxes: nodes.map((node) => node.label + plane(node.plane)),
    arrows: edges.map(({ from, to, label, async }) => `${name(from)}>${name(to)}${async ? "~" : ""}${label ? `: ${label}` : ""}`),
    ...(drawn.unread.length > 0 ? { unread: drawn.unread } : {}),
  };
}

const one = (arrow: string) => ({ boxes: ["app", "api"], arrows: [arrow] });

describe("one arrow", () => {
  it.each([
    "app -> api",
    "app->api",
    "app --> api",
    "app ---> api",
    "app → api",
    "app —> api",
    "app –> api",
    "app => api",
    "app ==> api",
    "app ➡️ api",
    "app -&gt; api",
    "app ->> api",
    "app > api",
    "app --- api",
    "app -- api",
    "app ⟶ api",
    "- app -> api",
    "* app -> api;",
    "• app -> api",
    "1. app -> api",
    "2) app -> api",
    "> app -> api",
    "`app` -> **api**",
    "[app] -> [api]",
    "(app) -> (api)",
    '"app" -> “api”',
    "app ->\napi",
    "app\n-> api",
    "app\n↓\napi",
    "app\n|\nv\napi",
    "```\napp -> api\n```",
    "```mermaid\ngraph LR\n  a[app] --> b[api];\n```",
    "graph LR; app --> api;",
    "flowchart TD\n%% a note\nclassDef red fill:#f00\napp:::red --> api",
    "\u202eapp\u202c -> \u0007api",
    "app -> api\napp -> api\nApp --> the API",
  ])("%j", (text) => expect(read(text)).toEqual(one("app>api")));

  it.each([
    ["app -> api: asks", "app>api: asks"],
    ["app -> api:asks, often", "app>api: asks, often"],
    ["app -->|asks, often| api", "app>api: asks, often"],
    ["app -- asks --> api", "app>api: asks"],
    ["app == asks ==> api", "app>api: asks"],
    ["app — asks —> api", "app>api: asks"],
    ["app -asks-> api", "app>api: asks"],
    ["app -[asks]-> api", "app>api: asks"],
    ["app -. asks .-> api", "app>api~: asks"],
    ["app -.-> api", "app>api~"],
    ["app ..> api", "app>api~"],
    ["app ~> api", "app>api~"],
    ["app -> api: p99 <= 100 ms", "app>api: p99 <= 100 ms"],
    ["app -> api: at 12:30", "app>api: at 12:30"],
  ])("%j", (text, arrow) => expect(read(text)).toEqual(one(arrow)));

  it.each(["app <- api", "app <-- api", "app <= api", "app ← api", "app ⬅️ api"])("%j points back", (text) =>
    expect(read(text)).toEqual(one("api>app")),
  );
  it.each(["app <-> api", "app <--> api", "app <=> api", "app ↔ api"])("%j points both ways", (text) =>
    expect(read(text)).toEqual({ boxes: ["app", "api"], arrows: ["app>api", "api>app"] }),
  );
});

describe("several arrows", () => {
  it.each([
    ["a chain", "app -> api -> db", ["app>api", "api>db"]],
    ["a chain with labels", "app -> api: one -> db: two", ["app>api: one", "api>db: two"]],
    ["a chain that turns", "app -> api <- db", ["app>api", "db>api"]],
    ["a fan-out", "app -> api, db", ["app>api", "app>db"]],
    ["a fan-out in braces", "app -> {api, db}", ["app>api", "app>db"]],
    ["a fan-in", "app, api -> db", ["app>db", "api>db"]],
    ["all to all", "a, b -> c, d", ["a>c", "a>d", "b>c", "b>d"]],
    ["mermaid's ampersand", "graph LR\na & b --> c", ["a>c", "b>c"]],
    ["an ampersand in a name", "auction & pacing -> app", ["auction & pacing>app"]],
    ["a name over deeper arrows", "api\n  -> db\n  -> cache", ["api>db", "api>cache"]],
    ["arrows down a column", "app\n\n↓\n\napi\n↓\ndb", ["app>api", "api>db"]],
    ["a name after its short name", "graph LR\na --> b\na[App]\nb((API))", ["App>API"]],
    ["a cycle", "a -> b -> c -> a", ["a>b", "b>c", "c>a"]],
    ["a plural", "ranker -> feature store\nfeature stores -> log", ["ranker>feature store", "feature store>log"]],
    ["names with a number", "20,000 videos -> ranker", ["20,000 videos>ranker"]],
    ["a name in quotes", '"pages, uploads" -> log', ["pages, uploads>log"]],
    ["right to left", "عميل → بوابة", ["عميل>بوابة"]],
    ["another script", "用户 → 网关，缓存", ["用户>网关", "用户>缓存"]],
    ["emoji", "🙂 -> 🚀", ["🙂>🚀"]],
    [
      "mermaid's words among names",
      "click topic -> subgraph sampler -> graph store",
      ["click topic>subgraph sampler", "subgraph sampler>graph store"],
    ],
  ])("%s", (_name, text, arrows) => expect(read(text)).toMatchObject({ arrows }));

  it.each([
    "[online]\napp -> api\n[data]\napi -> log",
    "[online] app -> api\n[data] api -> log\n[data]\nlog",
    "online:\napp -> api\n\ndata:\napi -> log",
    "online: app -> api\ndata: api -> log",
    "## online\n- app -> api\n## data\n- api -> log",
    "**online**\napp -> api\n**data:**\napi -> log",
    "== online ==\napp -> api\n== data ==\napi -> log",
    "graph LR\nsubgraph online\napp --> api\nend\nsubgraph d[data]\napi --> log\nend",
  ])("planes: %j", (text) => {
    const { boxes, arrows } = read(text) as { boxes: readonly string[]; arrows: readonly string[] };
    expect(arrows).toEqual(["app>api", "api>log"]);
    // A box belongs to the plane whose lines it begins; api begins one in "data".
    expect(boxes).toEqual(["app@online", "api@data", "log@data"]);
  });

  it.each([
    ["thing (store) -> other (model)", ["store", "model"]],
    ["thing(store) -> other (db)", ["store", "store"]],
    ["graph LR\na[(thing)] --> b((other))", ["store", "service"]],
    ["Kafka topic -> nightly job", ["queue", "batch"]],
    ["user -> light ranker", ["client", "model"]],
  ])("kinds: %j", (text, kinds) => {
    const drawn = parseArchitecture(text);
    expect(drawn.ok && drawn.drawing.nodes.map(({ kind }) => kind)).toEqual(kinds);
  });

  it("keeps what stands in brackets as another name", () => {
    const drawn = parseArchitecture("feature store (Redis, 5 ms) -> ranker");
    expect(drawn.ok && drawn.drawing.nodes[0]).toMatchObject({ label: "feature store", aliases: ["Redis", "5 ms"] });
  });
});

describe("what is not understood", () => {
  it.each([
    ["app -> api\nI would also add some caching somewhere.", ["I would also add some caching somewhere."]],
    ["app -> api\nfirst, the labels", ["first, the labels"]],
    ["app -> api\napi -> api", ["api -> api"]],
    ["app -> api\nlatency: 100 ms", ["latency: 100 ms"]],
    ["↓\napp -> api", ["↓"]],
  ])("%j is echoed", (text, unread) => expect(read(text)).toEqual({ ...one("app>api"), unread }));

  it.each(["", "   \n\n", "hello", "->", "a ->", "a -> a", "[online]", "```\n```", "----", "\u0000\u0001"])(
    "%j is refused with an example",
    (text) => {
      const drawn = parseArchitecture(text);
      expect(!drawn.ok && drawn.refusal.advice).toMatch(/client -> gateway/);
    },
  );

  it("states its limits", () => {
    const boxes = (count: number) => Array.from({ length: count }, (_, at) => `hub -> box ${at}`).join("\n");
    expect(read(boxes(MOST_BOXES - 1))).toHaveProperty("arrows");
    expect(read(boxes(MOST_BOXES))).toBe("More than 40 boxes");
    expect(read(boxes(500))).toBe("More than 40 boxes");
    const side = Array.from({ length: 12 }, (_, at) => `x${at}`).join(", ");
    expect(read(`${side} -> ${side}`)).toBe("More than 120 arrows");
    expect(read("a -> b\n".repeat(MOST_ARROWS + 1))).toMatchObject({ arrows: ["a>b"] });
    expect(read("a".repeat(MOST_CHARACTERS + 1))).toBe("More than 10,000 characters");
  });
});

describe("hostile text", () => {
  const sign = fc.constantFrom(
    "->",
    "<-",
    "-.->",
    "--",
    "|",
    ":",
    ",",
    "[",
    "]",
    "(",
    ")",
    '"',
    "\n",
    " ",
    ";",
    "a",
    "é",
    "אב",
    "🙂",
    "\u202e",
    "\ud800",
    "end",
    "subgraph x",
    "```",
    "&",
    ">",
    "{",
    "}",
  );

  it("is always answered", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 400 }),
          fc.array(sign, { maxLength: 120 }).map((signs) => signs.join("")),
        ),
        (text) => {
          const drawn = parseArchitecture(text);
          if (!drawn.ok) return drawn.refusal.advice.length > 0;
          const { nodes, edges, planes } = drawn.drawing;
          const ids = new Set(nodes.map(({ id }) => id));
          expect(ids.size).toBe(nodes.length);
          expect(
            nodes.every(({ label, plane }) => label.trim() !== "" && (plane === undefined || planes.some(({ id }) => id === plane))),
          ).toBe(true);
          return edges.every(({ from, to }) => from !== to && ids.has(from) && ids.has(to));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["dashes", "-"],
    ["equals signs", "="],
    ["dots", "."],
    ["angles", "<"],
    ["commas", ","],
    ["brackets", "("],
    ["closed brackets", "[a]"],
    ["bars", "|a"],
    ["quotes", '"'],
    ["open labels", "a -- "],
    ["arrows", "->"],
    ["arrows and names", "a -> b "],
    ["a list on both sides", "a,b->"],
    ["spaces", " "],
    ["angles with spaces", " > "],
    ["bullets", "- "],
    ["colons", "a: "],
    ["hashes", "# "],
    ["stars", "*a"],
    ["lines", "a\n"],
    ["ampersands", "&amp;"],
    ["nested brackets", `${"[".repeat(4_900)}a,b${"]".repeat(4_900)}`],
  ])("10,000 characters of %s take no time", (_name, unit) => {
    const text = unit.repeat(Math.floor(MOST_CHARACTERS / unit.length));
    const began = performance.now();
    parseArchitecture(text);
    parseArchitecture(`graph LR\na ${text.slice(20)}b`);
    // Alone it takes up to 150 ms for both; backtracking that runs away takes minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
