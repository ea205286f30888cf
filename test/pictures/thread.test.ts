import { afterAll, describe, expect, it } from "vitest";
import { Cache } from "../../src/pictures/cache.ts";
import { createPictures } from "../../src/pictures/index.ts";
import { board } from "./samples.ts";

describe("the drawing thread", () => {
  const pictures = createPictures();
  afterAll(() => pictures.close());

  it("draws once what is asked twice, also at the same time", async () => {
    const [one, same, light] = await Promise.all([
      pictures.png(board, "dark"),
      pictures.png({ ...board }, "dark"),
      pictures.png(board, "light"),
    ]);
    expect(Buffer.from(one.subarray(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect(same).toBe(one);
    expect(Buffer.from(light).equals(Buffer.from(one))).toBe(false);
    expect(await pictures.png(structuredClone(board), "dark")).toBe(one);
  });

  it("leaves the event loop free", async () => {
    let beats = 0;
    const beat = setInterval(() => {
      beats += 1;
    }, 5);
    const start = performance.now();
    await Promise.all(Array.from({ length: 4 }, (_, i) => pictures.png({ ...board, title: `Board ${i}` }, "dark")));
    const took = performance.now() - start;
    clearInterval(beat);
    expect(beats).toBeGreaterThan(took / 5 / 20);
  });

  it("says what could not be drawn, and goes on", async () => {
    const empty = { kind: "diagram", title: "Nothing", architecture: { planes: [], nodes: [], edges: [] } } as const;
    await expect(pictures.png(empty, "dark")).rejects.toThrow(/could not be drawn: .*without boxes/);
    expect((await pictures.png({ ...board, title: "After" }, "dark")).length).toBeGreaterThan(1_000);
  });

  it("refuses what waits when it closes, and whatever comes later", async () => {
    const closing = createPictures();
    const waiting = expect(closing.png(board, "dark")).rejects.toThrow(/closed/);
    await closing.close();
    await waiting;
    await expect(closing.png(board, "dark")).rejects.toThrow(/closed/);
    await closing.close();
  });
});

describe("the cache", () => {
  it("forgets what was not used for longest, by bytes", () => {
    const cache = new Cache(10);
    cache.set("a", new Uint8Array(4));
    cache.set("b", new Uint8Array(4));
    cache.get("a");
    cache.set("c", new Uint8Array(4));
    expect(["a", "b", "c"].map((key) => cache.get(key)?.length)).toEqual([4, undefined, 4]);
    cache.set("a", new Uint8Array(6));
    expect(["a", "c"].map((key) => cache.get(key)?.length)).toEqual([6, 4]);
    cache.set("huge", new Uint8Array(11));
    expect(["a", "c", "huge"].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined]);
  });
});
