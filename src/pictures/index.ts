/** Pictures on a thread of their own, so that the loop that answers people stays free, and the latest of them kept. */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { Pictures } from "../app/pictures.ts";
import { Cache } from "./cache.ts";
import type { Answer, Order } from "./worker.ts";

/** About 150 pictures. */
const CACHE_BYTES = 32 * 1024 * 1024;

/** A layout needs a tenth of it; without a limit the thread's heap grows by the machine's memory before it is swept. */
const HEAP = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };

interface Waiting {
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** The thread starts with the first picture: it takes half a second to read the fonts. */
export function createPictures(): Pictures {
  const cache = new Cache(CACHE_BYTES);
  const waiting = new Map<number, Waiting>();
  const underWay = new Map<string, Promise<Uint8Array>>();
  let worker: Worker | undefined;
  let closed = false;
  let next = 0;

  /** A thread that died takes its orders with it; the next picture starts another one. */
  const lost = (dead: Worker, error: Error) => {
    if (worker !== dead) return;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits: HEAP });
    started.on("message", (answer: Answer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      // An idle thread must not keep the process alive; one that draws for somebody must.
      if (waiting.size === 0) started.unref();
      if ("png" in answer) one?.resolve(answer.png);
      else one?.reject(new Error(`the picture could not be drawn: ${answer.error}`));
    });
    started.on("error", (error) => lost(started, new Error("the drawing thread failed", { cause: error })));
    started.on("exit", () => lost(started, new Error("the drawing thread ended")));
    return started;
  };
  const order = (picture: Order["picture"], theme: Order["theme"]): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      next += 1;
      waiting.set(next, { resolve, reject });
      worker.ref();
      worker.postMessage({ id: next, picture, theme } satisfies Order);
    });

  return {
    async png(picture, theme) {
      if (closed) throw new Error("pictures are closed");
      const key = createHash("sha256").update(theme).update(JSON.stringify(picture)).digest("base64");
      const kept = cache.get(key);
      if (kept) return kept;
      const running = underWay.get(key) ?? order(picture, theme).finally(() => underWay.delete(key));
      underWay.set(key, running);
      const png = await running;
      cache.set(key, png);
      return png;
    },
    async close() {
      closed = true;
      const ending = worker;
      if (!ending) return;
      lost(ending, new Error("pictures are closed"));
      await ending.terminate();
    },
  };
}
