/** The only composition root: reads the environment, puts the parts together, starts and stops them. */
import type { RequestListener, Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import cron from "node-cron";
import type { Logger } from "pino";
import { commands } from "../commands/index.ts";
import { createClock, fixedClock } from "./app/clock.ts";
import { createComings } from "./app/comings.ts";
import { createEngine, type Engine } from "./app/engine.ts";
import { createLibrary } from "./app/library.ts";
import type { PlatformAdapter } from "./app/messenger.ts";
import { type Config, readConfig } from "./config.ts";
import { ConfigError } from "./config_values.ts";
import { SECOND } from "./core/place.ts";
import { createReader } from "./model/index.ts";
import { healthRoutes } from "./operations/health.ts";
import { createLog, scrubber } from "./operations/log.ts";
import { createMetrics } from "./operations/metrics.ts";
import { createHttpServer } from "./operations/server.ts";
import { createPictures } from "./pictures/index.ts";
import { createDiscord } from "./platforms/discord/index.ts";
import { createSlack } from "./platforms/slack/index.ts";
import { createWeb } from "./platforms/web/index.ts";
import { loadBank } from "./store/bank.ts";
import { openStore } from "./store/index.ts";

/** How long a stop waits for what is under way. */
const STOP_MS = 10 * SECOND;

/** `ended` ends the process when a platform cannot go on: an operator must act. */
async function start(config: Config, log: Logger, ended: (line: string) => void): Promise<() => Promise<void>> {
  const library = createLibrary(await loadBank(new URL("../content/", import.meta.url)), config.model?.model);
  const metrics = createMetrics();
  const { store, chatLog, installations } = await openStore(config.database, metrics.queried);
  const onlyPlayground = config.playground && !config.discord && !config.slack;
  const clock = createClock(onlyPlayground ? await chatLog.clockOffset() : 0, { chatLog, store, beat: () => engine.beat() });
  const engine: Engine = createEngine({
    commands,
    store,
    library,
    now: clock.now,
    log,
    meter: metrics,
    second: config.model && { ...config.model, reader: createReader({ ...config.model, log }) },
  });
  // One process owns a PGlite folder: whatever a killed one held can be taken up at once.
  if (config.database.kind === "pglite") await store.queue.releaseLeases();

  const pictures = createPictures();
  const running = new Set<string>();
  let stopping = false;
  const health = healthRoutes(
    {
      database: () => store.ping(),
      platforms: () => {
        if (stopping || running.size < adapters.length) throw new Error("not all platforms are connected");
      },
    },
    () => metrics.expose(store, clock.now()),
  );
  const { dispatcher } = engine;
  const comings = createComings({ store, platform: "discord", now: clock.now, log });
  const web = config.playground
    ? createWeb({
        host: config.host,
        port: config.port,
        dispatcher,
        chatLog,
        pictures,
        clock: onlyPlayground ? clock : fixedClock(clock),
        log,
        mount: (app) => void app.route("/", health),
      })
    : undefined;
  const slack = config.slack && createSlack({ ...config.slack, dispatcher, pictures, installations, ended, log });
  const adapters: readonly PlatformAdapter[] = [
    ...(web ? [web] : []),
    ...(config.discord
      ? [createDiscord({ ...config.discord, dispatcher, pictures, log, lost: ({ message }) => ended(message), comings })]
      : []),
    ...(slack ? [slack] : []),
  ];
  const server = web ? undefined : await listen(health.fetch, slack?.http, config);

  const beat = () => engine.pulse().catch((err) => log.error({ err }, "a beat failed; the next one goes on"));
  // Its own logger would print colours among our lines of JSON.
  const heartbeat = cron.schedule("* * * * * *", beat, { noOverlap: true, logger: log.child({ part: "heartbeat" }) });
  // Side by side: a platform that is down for now keeps nobody else waiting.
  await Promise.all(
    adapters.map(async (adapter) => {
      await adapter.start();
      engine.connect(adapter.messenger);
      running.add(adapter.messenger.platform);
    }),
  );
  if (web) process.stdout.write(`\nDrillroom's playground is open: ${web.url}\n\n`);

  return async () => {
    stopping = true;
    await heartbeat.stop();
    await engine.settle();
    await Promise.all(adapters.map((adapter) => adapter.stop()));
    await engine.stop();
    await pictures.close();
    server?.close();
    await store.close();
  };
}

/** Health, and Slack where it comes over HTTP; the playground brings a server of its own. */
function listen(
  fetch: Parameters<typeof getRequestListener>[0],
  slack: RequestListener | undefined,
  { host, port }: Config,
): Promise<Server> {
  const health = getRequestListener(fetch);
  return new Promise((resolve, reject) => {
    const server = createHttpServer((request, response) => {
      if (slack && request.url?.startsWith("/slack/")) slack(request, response);
      else void health(request, response);
    });
    server.listen(port, host, () => resolve(server));
    server.once("error", (error) => reject(new ConfigError(`HOST ${host}, PORT ${port} cannot be listened on: ${error.message}.`)));
  });
}

/** One line: what an operator can act on. */
function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, config.secrets);
  const scrub = scrubber(config.secrets);
  // Node would print the error itself, and with it whatever hangs on it.
  process.once("uncaughtException", (err) => {
    log.fatal({ err }, "an error that nobody caught ends the process");
    process.exit(1);
  });
  let stop: (() => Promise<void>) | undefined;
  let leaving = false;
  const leave = async (why: string, code = 0) => {
    if (leaving) return;
    leaving = true;
    log.info({ why }, "stopping");
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await stop?.();
    process.exit(code);
  };
  const ended = (line: string) => {
    if (leaving) return;
    process.stderr.write(`Drillroom stops: ${scrub(line)}\n`);
    void leave("a platform ended", 1);
  };
  stop = await start(config, log, ended).catch((error) => {
    throw new Error(scrub(explain(error)));
  });
  // A signal's listener gets its number, too, which is no exit code.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void leave(signal));
}

main().catch((error) => {
  process.stderr.write(`Drillroom cannot start: ${explain(error)}\n`);
  process.exit(1);
});
