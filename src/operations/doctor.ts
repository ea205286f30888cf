/**
 * `npm run doctor`: reads the configuration and says what works, what does not, and what to do. It
 * changes nothing and posts nothing. Exit code 0 when all is well, 1 otherwise.
 */
import { createServer } from "node:net";
import { commands } from "../../commands/index.ts";
import { amiss, type Finding, fine } from "../app/finding.ts";
import { type Config, readConfig } from "../config.ts";
import { ConfigError } from "../config_values.ts";
import type { Place } from "../core/place.ts";
import { inspectDiscord } from "../platforms/discord/doctor.ts";
import { inspectSlack } from "../platforms/slack/doctor.ts";
import { inspectDatabase } from "../store/inspect.ts";
import { scrubber } from "./log.ts";

export interface Section {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Never throws: what cannot be asked is a finding too. */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly sections: readonly Section[]; readonly secrets: readonly string[] }> {
  const config = read(env);
  if (config instanceof ConfigError)
    return {
      sections: [{ name: "Configuration", findings: [amiss(config.message, "Correct this variable; README.md lists them all.")] }],
      secrets: [],
    };
  const { findings, channels } = await inspectDatabase(config.database);
  const sections = [
    { name: "Configuration", findings: [fine("Every variable that is set can be read."), await aboutPort(config)] },
    { name: "Database", findings },
    { name: "Discord", findings: await aboutDiscord(config, channels) },
    { name: "Slack", findings: await aboutSlack(config, channels) },
    { name: "Playground", findings: [fine(aboutPlayground(config))] },
    { name: "Language model", findings: [fine(aboutModel(config))] },
  ];
  return { sections, secrets: config.secrets };
}

function read(env: Readonly<Record<string, string | undefined>>): Config | ConfigError {
  try {
    return readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

async function aboutDiscord({ discord }: Config, channels: readonly Place[]): Promise<readonly Finding[]> {
  if (!discord) return [fine("Not used: DISCORD_TOKEN is not set.")];
  return inspectDiscord({ ...discord, commands, channels: channels.filter(({ platform }) => platform === "discord") });
}

async function aboutSlack({ slack }: Config, channels: readonly Place[]): Promise<readonly Finding[]> {
  if (!slack) return [fine("Not used: no Slack variable is set.")];
  return inspectSlack(
    slack,
    channels.filter(({ platform }) => platform === "slack"),
  );
}

/** A port that a running Drillroom has is as it should be. */
async function aboutPort({ host, port }: Config): Promise<Finding> {
  const where = `HOST ${host}, PORT ${port}`;
  const refused = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (!refused) return fine(`${where} is free to listen on.`);
  const answer = await fetch(`http://${host.includes(":") ? `[${host}]` : host}:${port}/healthz`, {
    signal: AbortSignal.timeout(2_000),
  }).then(
    (response) => response.text(),
    () => "",
  );
  return answer === "ok\n"
    ? fine(`A Drillroom answers at ${where}.`)
    : amiss(`${where} cannot be listened on (${refused.code}).`, "Set PORT to a free port, or HOST to an address of this machine.");
}

const aboutPlayground = ({ playground, host, port }: Config): string =>
  playground ? `Opens at http://${host}:${port}: in it one can be anybody.` : "Not opened beside a platform.";

const aboutModel = ({ model }: Config): string =>
  model
    ? `${model.model} at ${new URL(model.baseUrl).host} may read answers, at most ${model.dailyLimit} a day. It was not called.`
    : "None reads answers: the grader works by itself.";

/** As it is printed: a sign and a word, and what to do below. */
export function report(sections: readonly Section[], secrets: readonly string[]): string {
  const line = ({ what, ok, fix = "" }: Finding) =>
    ok ? `  ✓ ok   ${[what, fix].filter(Boolean).join(": ")}` : `  ✕ FIX  ${[what, fix].filter(Boolean).join("\n           ")}`;
  const bad = sections.flatMap(({ findings }) => findings).filter(({ ok }) => !ok).length;
  const end = bad === 0 ? "All is well." : `${bad} ${bad === 1 ? "thing needs" : "things need"} you.`;
  const text = [...sections.map(({ name, findings }) => [name, ...findings.map(line)].join("\n")), end].join("\n\n");
  // Findings hold none by themselves; an address or a message of another's might.
  return `${scrubber(secrets)(text)}\n`;
}

if (import.meta.main) {
  const { sections, secrets } = await examine(process.env);
  process.stdout.write(report(sections, secrets));
  process.exitCode = sections.every(({ findings }) => findings.every(({ ok }) => ok)) ? 0 : 1;
}
