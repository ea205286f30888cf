/** One way in for everything a person does: look up, check, run once, commit, reply. */
import type { Logger } from "pino";
import { z } from "zod";
import { withoutFiles } from "../core/file.ts";
import { clip } from "../core/markup.ts";
import type { Instant, Member, Place } from "../core/place.ts";
import { type Refusal, refusalView } from "../core/refusal.ts";
import type { Permission } from "../core/setup_views.ts";
import type { Block, Form, View } from "../core/view.ts";
import type { Press } from "./button.ts";
import type { Choice, Command, Invocation, ReadScene, SceneBase } from "./command.ts";
import type { Library } from "./library.ts";
import type { Meter } from "./meter.ts";
import type { Reads, Store, Tx } from "./ports.ts";
import { createRateLimit } from "./rate_limit.ts";
import type { ToRead } from "./second_reader.ts";
import { practised } from "./study.ts";
import { hearken, SAY, type Words } from "./talk.ts";

/** What a platform's receiver hands its invocations to. None of these throws. */
export interface Dispatcher {
  /** In the order of the help page, hidden ones included. */
  readonly commands: readonly Command[];
  /**
   * Whether this invocation must be answered with a form first. Pure and immediate: it looks
   * only at the command and at which input is present, so a receiver can decide how to acknowledge.
   */
  wantsForm(path: string, input: Readonly<Record<string, unknown>>): boolean;
  /** The form to open and what its submission carries, or a private reply that says why there is none. */
  open(invocation: Invocation): Promise<{ readonly form: Form; readonly press: Press } | { readonly reply: View }>;
  /**
   * What words in a chat come to. Undefined: they are no round's, and nothing of them was kept.
   * Without a reply there is nothing to show.
   */
  hear(words: Words): Promise<{ readonly reply?: View } | undefined>;
  /**
   * Runs it once; a repeated id gets the same reply. `amend` puts another view in the place of the reply,
   * seconds later, where the platform still can; it may never be called.
   */
  dispatch(invocation: Invocation, amend?: (view: View) => Promise<void>): Promise<View>;
  complete(path: string, field: string, typed: string, who: Member, place: Place): Promise<readonly Choice[]>;
}

export interface DispatcherParts {
  readonly commands: readonly Command[];
  readonly store: Store;
  readonly library: Library;
  readonly now: () => Instant;
  readonly log: Logger;
  readonly meter: Meter;
  /** What the bot may do in a place, by its platform. */
  readonly inspect: (place: Place) => Promise<readonly Permission[]>;
  /** Reads a kept answer again; undefined when there is nothing to add. */
  readonly readAgain: ((toRead: ToRead) => Promise<View | undefined>) | undefined;
  /** Called after every commit that may have left something to say or to do. */
  readonly nudge: () => void;
}

const TOO_FAST: Refusal = { title: "That was a lot at once", advice: "Wait a few seconds, and try again. Nothing was changed." };

/** Below this a text is retyped quickly; above it a refusal gives it back, so that nothing is lost. */
const WORTH_KEEPING = 40;

/** The platforms want an answer within three seconds. */
const INSPECT_MS = 1_200;

const ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
/** 12 characters, 62 bits: two among a million ids are alike with a chance of one in ten million. */
export const newId = (): string => Array.from(crypto.getRandomValues(new Uint32Array(12)), (value) => ID_ALPHABET[value % 36]).join("");

export function createDispatcher(parts: DispatcherParts): Dispatcher & {
  /** Resolves when no invocation is under way. */
  settled(): Promise<void>;
} {
  const { commands, store, library, log } = parts;
  const allowed = createRateLimit();
  const underWay = new Set<Promise<unknown>>();
  const registry = new Map(commands.map((command) => [command.path, command]));

  const look = async (reads: Reads, who: Member, place: Place, revision: number | undefined): Promise<SceneBase> => {
    const group = place.channel === undefined ? undefined : await reads.groups.at(place);
    const organizer = who.manager || (group?.organizers.includes(who.id) ?? false);
    return { now: parts.now(), who, place, library, commands, group, organizer, revision };
  };
  const readScene = async (who: Member, place: Place, revision?: number): Promise<ReadScene> => ({
    ...(await look(store.read, who, place, revision)),
    read: store.read,
  });

  /** The last line of defence: a bug is logged once, here, and the person learns its id. */
  const guarded = async <T>(invocation: Pick<Invocation, "id" | "path">, work: () => Promise<T>): Promise<T | View> => {
    try {
      return await work();
    } catch (error) {
      log.error({ err: error, invocation: invocation.id, path: invocation.path }, "an invocation failed");
      return {
        title: "Something went wrong on our side",
        tone: "warn",
        blocks: [
          {
            kind: "text",
            markdown: `Nothing was changed; try again. If it happens again, tell your organizer this number: \`${invocation.id}\``,
          },
        ],
      };
    }
  };

  /** Never holds an answer up for long: without it the command says less. */
  const inspected = (place: Place): Promise<readonly Permission[]> => {
    const silence = new Promise<readonly Permission[]>((resolve) => setTimeout(resolve, INSPECT_MS, []).unref());
    const asked = parts.inspect(place).catch((err: unknown) => {
      log.warn({ err, platform: place.platform }, "the permissions in a channel could not be read");
      return [];
    });
    return Promise.race([asked, silence]);
  };

  interface Done {
    readonly view: View;
    readonly toRead?: ToRead | undefined;
  }

  const runOnce = async (
    tx: Tx,
    command: Command,
    input: Record<string, unknown>,
    invocation: Invocation,
    permissions: readonly Permission[],
  ): Promise<Done> => {
    // Whoever acts holds their row from here until the commit: /data delete, which begins here too, never crosses an action.
    const seen = await tx.invocations.seen(invocation.id, invocation.who, parts.now());
    if (seen) return { view: seen.reply };
    for (const member of invocation.named ?? []) await tx.members.remember(member, parts.now());
    const base = await look(tx, invocation.who, invocation.place, invocation.revision);
    const scene = { ...base, tx, invocation: invocation.id, permissions, newId };
    const refusal = accessRefusal(command, scene) ?? placeRefusal(command, invocation);
    const outcome = refusal ? ({ ok: false, refusal } as const) : await command.run(input, scene);
    if (outcome.ok) {
      await tx.outbox.put(outcome.effects ?? [], scene.now);
      await practised(tx, library, invocation.who, command.path, input, scene.now);
    }
    const view = outcome.ok ? outcome.reply : keeping(refusalView(outcome.refusal), invocation);
    // What somebody took along is not kept a second time.
    await tx.invocations.replied(
      invocation.id,
      withoutFiles(view, ({ name }) => `\`${name}\` was sent once. Ask for it again to have another.`),
    );
    return { view, toRead: outcome.ok ? outcome.toRead : undefined };
  };

  /** Nobody waits for it, and its failure changes nothing. */
  const later = async ({ id }: Invocation, toRead: ToRead, amend: ((view: View) => Promise<void>) | undefined): Promise<void> => {
    try {
      const view = await parts.readAgain?.(toRead);
      if (view) await amend?.(view);
    } catch (err) {
      log.warn({ err, invocation: id }, "a second reading was not shown");
    }
  };

  const run: Dispatcher["dispatch"] = async (invocation, amend) => {
    const began = performance.now();
    const command = registry.get(invocation.path);
    if (!command) return refusalView(unknownCommand(invocation.path));
    if (!allowed(invocation.who, parts.now())) return { ...keeping(refusalView(TOO_FAST), invocation), mark: "wait" };
    const parsed = command.input.safeParse(invocation.input);
    if (!parsed.success) return keeping(refusalView(badInput(command, parsed.error)), invocation);
    const permissions = command.inspects ? await inspected(invocation.place) : [];
    let done: Done | undefined;
    const reply = await guarded(invocation, async () => {
      done = await store.transaction((tx) => runOnce(tx, command, parsed.data, invocation, permissions));
      return done.view;
    });
    parts.meter.replied(invocation.place.platform, command.path, performance.now() - began);
    parts.nudge();
    if (done?.toRead) void later(invocation, done.toRead, amend);
    return reply;
  };

  /** The store is closed after it. */
  const waitedFor = <T>(work: Promise<T>): Promise<T> => {
    const one = work.finally(() => underWay.delete(one));
    underWay.add(one);
    return one;
  };

  return {
    commands,

    wantsForm(path, input) {
      const command = registry.get(path);
      return command?.form !== undefined && missing(command, input);
    },

    async open(invocation) {
      const opened = await guarded(invocation, async () => {
        const command = registry.get(invocation.path);
        if (!command?.form) return { reply: refusalView(unknownCommand(invocation.path)) };
        if (!allowed(invocation.who, parts.now())) return { reply: refusalView(TOO_FAST) };
        const scene = await readScene(invocation.who, invocation.place, invocation.revision);
        const refusal = accessRefusal(command, scene) ?? placeRefusal(command, invocation);
        if (refusal) return { reply: refusalView(refusal) };
        const form = await command.form(known(command, invocation.input), scene);
        return "refusal" in form ? { reply: refusalView(form.refusal) } : { form, press: pressOf(invocation, form) };
      });
      return "title" in opened ? { reply: opened } : opened;
    },

    dispatch: (invocation, amend) => waitedFor(run(invocation, amend)),

    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },

    async hear(words) {
      const meant = await waitedFor(guarded({ id: words.id, path: SAY }, () => hearken(store, words, parts.now())));
      if (meant === undefined) return undefined;
      if ("title" in meant) return { reply: meant };
      return "invocation" in meant ? { reply: await waitedFor(run(meant.invocation)) } : meant;
    },

    async complete(path, field, typed, who, place) {
      const command = registry.get(path);
      const found = await guarded({ id: "completion", path }, async () =>
        command?.complete ? command.complete(field, typed, await readScene(who, place)) : [],
      );
      return "title" in found ? [] : found.slice(0, 25);
    },
  };
}

/** The form's own fields come back with its submission; the rest is carried, and what the form was resolved to. */
function pressOf({ path, input, revision }: Invocation, form: Form): Press {
  const rest = Object.entries(input).filter(
    (entry): entry is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof entry[1]) && !form.fields.some(({ name }) => name === entry[0]),
  );
  return { command: path, input: { ...Object.fromEntries(rest), ...form.carry }, revision: form.revision ?? revision };
}

/** Only what the command declares, and only what has the declared type: a form prefills from it. */
function known(command: Command, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape: Record<string, z.core.$ZodType> = command.input.shape;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const value = z.safeParse(schema, input[name]);
      return input[name] !== undefined && value.success ? [[name, value.data]] : [];
    }),
  );
}

function missing(command: Command, input: Readonly<Record<string, unknown>>): boolean {
  const shape: Record<string, z.core.$ZodType> = command.input.shape;
  return Object.entries(shape).some(([name, schema]) => input[name] === undefined && !z.safeParse(schema, undefined).success);
}

function accessRefusal(command: Command, scene: SceneBase): Refusal | undefined {
  if (scene.place.channel === undefined && !command.anywhere)
    return { title: "This needs a channel", advice: "Use the command in the channel where your group meets." };
  if (command.access === "organizer" && !scene.organizer)
    return {
      title: "Only an organizer can do this",
      advice: "Organizers are who manages this server or workspace, and who set the group up.",
    };
  return undefined;
}

function placeRefusal({ opensThreads, path }: Command, { threadless }: Invocation): Refusal | undefined {
  if (!opensThreads || threadless === undefined) return undefined;
  return {
    title: `This is ${threadless}`,
    advice: `Drills and rounds need a channel that takes messages and threads. Use \`/${path}\` in a text channel, where your group meets.`,
  };
}

const unknownCommand = (path: string): Refusal => ({
  title: "There is no such command",
  advice: `\`/${clip(path.replaceAll("`", ""), 40)}\` may be from an older version. \`/help\` lists what there is.`,
});

function badInput(command: Command, error: z.ZodError): Refusal {
  const lines = error.issues.map((issue) => `- \`${issue.path.join(".") || "input"}\`: ${issue.message}`);
  return {
    title: "That cannot be read",
    advice: `${lines.slice(0, 5).join("\n")}\nNothing was changed. \`/help\` shows how \`/${command.path}\` is used.`,
  };
}

/** A refusal that gives back what was typed at length. */
function keeping(view: View, invocation: Invocation): View {
  const texts = Object.values(invocation.input).filter((value) => typeof value === "string" && value.length > WORTH_KEEPING) as string[];
  if (texts.length === 0) return view;
  const kept: Block[] = [
    { kind: "text", markdown: "So that it is not lost, this is what you wrote:" },
    { kind: "quote", text: clip(texts.join("\n\n"), 2_500) },
  ];
  return { ...view, blocks: [...view.blocks, ...kept] };
}
