/** Drillroom as its operator runs it: a process of its own, which can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Patience alone: it takes seconds, and a minute where three start on a busy machine. */
const START_MS = 120_000;

export interface Running {
  readonly child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Waits until it exits; its code, or null when a signal ended it. */
  exit(): Promise<number | null>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  /** SIGTERM, as an orchestrator stops it. */
  stop(): Promise<number | null>;
}

/** Starts `npm start`'s own command with this environment and no other variable of ours. */
export function run(env: Readonly<Record<string, string>>, script = "src/main.ts"): Running {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const exited = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  return { child, output: () => output, exit: () => exited, kill: async () => void (await end("SIGKILL")), stop: () => end("SIGTERM") };
}

/** Starts it and waits until it can serve. */
export async function start(env: Readonly<Record<string, string>>): Promise<Running & { readonly url: string }> {
  const port = env.PORT ?? String(await freePort());
  const running = run({ ...env, PORT: port });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_MS;
  while (
    !(await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (running.child.exitCode !== null || Date.now() > deadline) {
      await running.kill();
      throw new Error(`It did not start:\n${running.output()}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return { ...running, url };
}

/** Below those that a system hands out by itself: whoever listens on port 0 meanwhile gets another. */
const PORTS = { from: 20_000, count: 12_000 };
const given = new Set<number>();

export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + randomInt(PORTS.count);
    if (given.has(port)) continue;
    const server = createServer();
    const free = await new Promise<boolean>((done) => {
      server.once("error", () => done(false));
      server.listen(port, "127.0.0.1", () => done(true));
    });
    if (!free) continue;
    await new Promise((done) => server.close(done));
    given.add(port);
    return port;
  }
}
