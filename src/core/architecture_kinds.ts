/** What kind of thing a typed box is, told by its name; and drawings that are a network and no system. */
import type { Architecture } from "./architecture_shape.ts";
import type { NodeKind } from "./content.ts";
import { tokenize } from "./grading_text.ts";

/** Words that name a kind, as in "(store)". */
const KIND_WORDS: Readonly<Record<NodeKind, string>> = {
  client: "client clients user users app apps browser mobile phone actor",
  service: "service services api server microservice gateway backend",
  model: "model models ml",
  store: "store storage db database databases datastore cache table warehouse lake bucket registry index",
  queue: "queue topic broker bus log",
  batch: "batch job cron offline",
  stream: "stream streaming",
  monitor: "monitor monitoring monitors dashboard alert alerts alerting",
};

const kindOfWord = new Map<string, NodeKind>(
  Object.entries(KIND_WORDS).flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind as NodeKind] as const)),
);

/** The kind that one word says, as in "(store)" or "(db)". */
export const kindNamed = (word: string): NodeKind | undefined => kindOfWord.get(word.trim().toLowerCase());

const HINTS: readonly (readonly [NodeKind, RegExp])[] = [
  ["queue", /^(kafka|kinesis|pulsar|rabbitmq|sqs|pubsub|queue|topic|broker|event|log)/],
  ["stream", /^(flink|stream|samza|window|joiner)/],
  ["batch", /^(airflow|spark|hadoop|nightly|batch|job|train|retrain|etl|pipeline|backfill)/],
  ["store", /^(redis|s3|db|database|store|storage|cache|index|lake|warehouse|registry|table|postgres|dynamodb|cassandra|faiss|archive)/],
  ["monitor", /^(monitor|alert|drift|dashboard|grafana|prometheus|guardrail)/],
  ["model", /^(model|ranker|ranking|rerank|tower|classifier|llm|encoder|bert|dnn|transformer|network|calibrator)/],
  ["client", /^(client|user|app|browser|mobile|phone|frontend|member|viewer|author)$/],
];

/** The kind of a box whose author did not say: by the words of its name, the last first, since that is what it is. */
export function guessKind(label: string): NodeKind {
  for (const { word } of tokenize(label).reverse()) {
    const hint = HINTS.find(([, pattern]) => pattern.test(word));
    if (hint) return hint[0];
  }
  return "service";
}

/** Parts of a neural network. */
const LAYER =
  /^(embed|encod|decod|layer|softmax|sigmoid|relu|gelu|tanh|dense|conv|pool|attention|self-attention|lstm|gru|rnn|cnn|gnn|mlp|dnn|ffn|fc|dropout|norm|batchnorm|layernorm|logit|tower|transformer|bert|resnet|backbone|head|concat|dot|token|neuron|hidden|residual|linear|perceptron|autoencoder|unet|vit|clip)/;
/** What goes in and comes out of one, and says nothing either way. */
const NEUTRAL =
  /^(input|output|feature|label|target|loss|prediction|score|probability|data|user|item|image|text|video|query|document|id|vector|model|x|y|cross|entropy|product|add|sum)s?$/;
/** Whoever draws one of these has thought of a system. */
const SYSTEM =
  /^(client|app|browser|mobile|gateway|api|server|service|store|storage|db|database|cache|queue|kafka|topic|log|stream|batch|job|pipeline|monitor|alert|registry|index|retriev|rank|load|traffic|redis|s3|lake|warehouse|deploy|canary|shadow|trainer|training|serving|review|drift)/;

/** At least so many parts of a network make a picture of one. */
const PARTS = 2;

/**
 * Whether a drawing shows a model and nothing around it: layers, encoders, a softmax, and no box of a
 * system. Then the member has jumped to the model, and is told so kindly.
 */
export function drawsOnlyAModel(drawing: Pick<Architecture, "nodes">): boolean {
  const boxes = drawing.nodes.map(({ label }) => tokenize(label).map(({ word }) => word));
  if (boxes.some((words) => words.some((word) => SYSTEM.test(word)))) return false;
  const parts = boxes.filter((words) => words.some((word) => LAYER.test(word))).length;
  const neutral = boxes.filter((words) => words.length > 0 && words.every((word) => NEUTRAL.test(word))).length;
  return parts >= PARTS && parts + neutral >= boxes.length * 0.75;
}
