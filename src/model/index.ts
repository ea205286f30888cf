/** The optional language model: any endpoint that speaks OpenAI's protocol. Every failure of it is silence. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";
import type { Logger } from "pino";
import type { SecondReader } from "../app/second_reader.ts";
import type { PointGrade } from "../core/grading.ts";
import { SECOND } from "../core/place.ts";
import { verdictsIn } from "./evidence.ts";
import { INSTRUCTIONS, promptFor } from "./prompt.ts";

const TIMEOUT_MS = 8 * SECOND;
/** The first, and one more. */
const TRIES = 2;
/** Answers whose verdict is remembered: a member who sends the same words again costs nothing. */
const REMEMBERED = 1_000;
/** Eight points with a quotation each. */
const MOST_TOKENS = 1_500;

export interface ModelOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
  readonly log: Logger;
  /** A shorter patience, for tests. */
  readonly timeoutMs?: number;
}

export function createReader({ baseUrl, apiKey, model: name, log, timeoutMs = TIMEOUT_MS }: ModelOptions): SecondReader {
  const model = createOpenAICompatible({ baseURL: baseUrl, name: "operator", ...(apiKey === undefined ? {} : { apiKey }) })(name);
  const remembered = new Map<string, readonly PointGrade[]>();

  return async (reading) => {
    const key = JSON.stringify([reading.points.map(({ id, text }) => [id, text]), reading.answer]);
    const known = remembered.get(key);
    if (known) return known;
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      try {
        const { text } = await generateText({
          model,
          instructions: INSTRUCTIONS,
          prompt: promptFor(reading),
          temperature: 0,
          maxOutputTokens: MOST_TOKENS,
          // The tries are ours: a retry of the library would outlast the reply that waits for it.
          maxRetries: 0,
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        const verdicts = verdictsIn(text, reading);
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(key, verdicts);
        return verdicts;
      } catch (error) {
        // The cause may hold the request, and with it the answer: its name and status are enough.
        const { name, statusCode } = error as { readonly name?: string; readonly statusCode?: number };
        log.warn(
          { model: model.modelId, attempt, error: name, statusCode },
          "the language model could not read an answer; the offline grade stands",
        );
      }
    }
    return undefined;
  };
}
