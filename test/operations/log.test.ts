import { describe, expect, it } from "vitest";
import { createLog, scrubber } from "../../src/operations/log.ts";

describe("log", () => {
  const logged = (write: (log: ReturnType<typeof createLog>) => void) => {
    const lines: string[] = [];
    write(createLog("info", ["s3cret-token"], { write: (line: string) => void lines.push(line) }));
    return lines.join("");
  };

  it("never shows a secret, wherever it stands", () => {
    const lines = logged((log) => {
      log.info({ deep: { er: ["x s3cret-token y"] }, token: "other" }, "with s3cret-token");
      log.error({ err: Object.assign(new Error("s3cret-token refused"), { requestBody: { json: "private words" } }) }, "failed");
    });
    expect(lines).not.toContain("s3cret-token");
    expect(lines).not.toContain("private words");
    expect(lines).not.toContain("other");
    expect(lines).toContain("[secret] refused");
  });

  it("knows a secret as JSON and as an address write it, and the longer of two first", () => {
    const scrub = scrubber(['p"a\\s&', 'p"a\\s&word']);
    const lines = ['p"a\\s&word', JSON.stringify({ body: JSON.stringify(['p"a\\s&word']) }), encodeURIComponent('p"a\\s&')].map(scrub);
    expect(lines).toEqual(["[secret]", '{"body":"[\\"[secret]\\"]"}', "[secret]"]);
  });

  it("hides the token of an interaction's address", () => {
    const lines = logged((log) => log.warn({ url: "https://x/api/v10/webhooks/123/aW50ZXJhY3Rpb246/messages/@original" }, "slow"));
    expect(lines).toContain("/webhooks/123/[secret]/messages");
  });

  it("hides Slack's tokens, which workspaces bring with them", () => {
    const lines = logged((log) => log.warn({ refresh: "xoxe-1-My0x" }, "refused xoxe.xoxb-1-Mi0yLTk: copy what begins with xoxb-"));
    expect(lines).not.toMatch(/My0x|Mi0y/);
    expect(lines).toContain("begins with xoxb-");
  });

  it("says its level in words", () => expect(JSON.parse(logged((log) => log.warn("x")))).toMatchObject({ level: "warn", msg: "x" }));
});
