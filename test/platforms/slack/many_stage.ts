/** One bot that many workspaces install, for a file's tests: served, and with a workspace of its own for each of them. */
import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { SlackAdapter } from "../../../src/platforms/slack/index.ts";
import type { OpenStore } from "../../../src/store/index.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { openTestStore } from "../../kit/database.ts";
import { serveSlack } from "./harness.ts";
import { install, type Options, replica } from "./many_harness.ts";
import { type SlackStandIn, startSlackStandIn, type Team } from "./stand_in/index.ts";

/** Tokens live for half a day, unless a test says otherwise. */
const HALF_A_DAY_S = 43_200;

export const people = (team: string) => [
  { id: `U${team}1`, name: `Ada of ${team}`, manager: true },
  { id: `U${team}2`, name: `Ben of ${team}`, manager: false },
];

/** Registers the hooks. Nothing that Slack refuses for its form may be sent by the end. */
export function useMany() {
  const on = {} as Pick<OpenStore, "store" | "installations"> & { standIn: SlackStandIn; adapter: SlackAdapter };
  const dispatcher = new RecordingDispatcher();
  const lines: string[] = [];
  const log = pino({ level: "info" }, new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }));
  let stopServing: () => Promise<void>;
  let serial = 0;

  beforeAll(async () => {
    const { store, installations } = await openTestStore("pglite");
    const standIn = await startSlackStandIn({ people: people("T100"), overHttp: true });
    Object.assign(on, { store, installations, standIn, adapter: await replica({ standIn, dispatcher, installations, log }) });
    stopServing = await serveSlack(on.adapter.http ?? expect.fail("nothing is served"), standIn);
  });
  afterAll(async () => {
    await on.adapter.stop();
    await stopServing();
    await on.standIn.stop();
    await on.store.close();
    expect(on.standIn.violations).toEqual([]);
  });
  beforeEach(() => {
    dispatcher.invocations.length = 0;
    dispatcher.reply = undefined;
    on.standIn.oauth.rotates = false;
    on.standIn.oauth.lives = HALF_A_DAY_S;
    on.standIn.calls.length = 0;
    lines.length = 0;
  });

  /** A workspace where nothing is installed yet. */
  function team(organization?: string): Team {
    const id = `T${++serial}`;
    return on.standIn.addTeam(id, people(id), organization);
  }
  async function installed(): Promise<Team> {
    const here = team();
    await install(on.standIn, { team: here.id });
    return here;
  }

  return {
    on,
    dispatcher,
    /** Of the served replica's log. */
    lines,
    team,
    installed,
    /** Installed with a token that rotates and lives so long, in seconds; those that follow live as long as ever. */
    async rotating(lives: number): Promise<Team> {
      Object.assign(on.standIn.oauth, { rotates: true, lives });
      const here = await installed();
      on.standIn.oauth.lives = HALF_A_DAY_S;
      return here;
    },
    /** Another replica, which nobody serves. */
    another: (options: Partial<Options> = {}): Promise<SlackAdapter> => replica({ ...on, dispatcher, ...options }),
    /** A slash command of the workspace's first member. */
    echo: ({ id, driver }: Team) => driver.slash(`U${id}1`, "C100", "/echo", "hi"),
    post: ({ id }: Pick<Team, "id">, over = on.adapter) =>
      over.messenger.deliver({
        kind: "post",
        key: `install/${++serial}`,
        attempt: 1,
        to: { platform: "slack", space: id, channel: "C100" },
        view: {
          title: `For ${id}`,
          blocks: [{ kind: "buttons", buttons: [{ label: "Again", command: "echo", input: { words: "again" } }] }],
        },
      }),
  };
}
