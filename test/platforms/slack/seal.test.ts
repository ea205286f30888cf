/** Tokens at rest. */
import { expect, it } from "vitest";
import { createSealer, SealBroken } from "../../../src/platforms/slack/seal.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const sealer = createSealer([key(1)]);

it("opens what it sealed, which looks different every time", () => {
  const sealed = sealer.seal("xoxb-1", "T1");
  expect(sealer.open(sealed, "T1")).toBe("xoxb-1");
  expect(sealer.seal("xoxb-1", "T1")).not.toBe(sealed);
  expect(sealed).not.toContain("xoxb");
});

it("opens nothing for another owner, with another key, or after any change", () => {
  const sealed = sealer.seal("xoxb-1", "T1");
  expect(() => sealer.open(sealed, "T2")).toThrow(SealBroken);
  expect(() => createSealer([key(2)]).open(sealed, "T1")).toThrow(/^ENCRYPTION_KEY lacks the key [0-9a-f]{8}$/);
  const [version, id, packed = ""] = sealed.split(".");
  const bytes = Buffer.from(packed, "base64url");
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => sealer.open([version, id, changed.toString("base64url")].join("."), "T1")).toThrow(SealBroken);
  }
  for (const broken of ["", "v1", `${version}.${id}.`, `v2.${id}.${packed}`, `${version}.${id}.${packed.slice(0, 20)}`])
    expect(() => sealer.open(broken, "T1")).toThrow(SealBroken);
});

it("seals with the newest key and opens with all", () => {
  const both = createSealer([key(2), key(1)]);
  const old = sealer.seal("xoxb-1", "T1");
  expect(both.open(old, "T1")).toBe("xoxb-1");
  expect([both.current(old), both.current(both.seal("x", "T1")), sealer.current(old)]).toEqual([false, true, true]);
});
