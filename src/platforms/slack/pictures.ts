/**
 * Pictures and files on their way to Slack. A file is uploaded in three steps; a picture stays unshared,
 * and an image block then shows it. https://docs.slack.dev/messaging/working-with-files#upload
 */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { Pictures, PictureTheme } from "../../app/pictures.ts";
import { within } from "../../app/within.ts";
import type { FileBlock } from "../../core/file.ts";
import { type PictureBlock, picturesIn } from "../../core/picture.ts";
import { SECOND } from "../../core/place.ts";
import type { View } from "../../core/view.ts";
import { slackFailure } from "./errors.ts";

/** What Slack looks like unless one changes it. */
const THEME: PictureTheme = "light";
/** Ids of uploaded files by their content: more than a bank's diagrams and a day's boards. */
const KEPT = 1_000;
const UPLOAD_MS = 6 * SECOND;
/** Slack looks a new file over before it shows it; people measured about a second: https://github.com/slackapi/python-slack-sdk/issues/1521 */
const FIRST_PAUSE_MS = 400;
/** What Slack calls a block with a file that it does not show yet, in messages and in views. */
const UNSHOWN_YET = new Set(["invalid_blocks", "invalid_arguments"]);

/** The file ids of a view's pictures. */
export type Files = ReadonlyMap<PictureBlock, string>;
export const NO_FILES: Files = new Map();

/** A picture cannot be shown, now or at all. */
export class PictureTrouble extends Error {
  override readonly name = "PictureTrouble";
  /** Whether it may be shown later. */
  readonly passes: boolean;
  readonly afterMs: number | undefined;

  constructor(message: string, { passes, afterMs, cause }: { passes: boolean; afterMs?: number | undefined; cause?: unknown }) {
    super(message, { cause });
    this.passes = passes;
    this.afterMs = afterMs;
  }
}

export interface Sending<T> {
  readonly view: View;
  /** How long the pictures may take altogether. */
  readonly ms: number;
  send(files: Files): Promise<T>;
  /** Asked before the words go alone; throws to send nothing. */
  readonly instead?: (trouble: PictureTrouble) => void;
}

export class Uploads {
  readonly #client: webApi.WebClient;
  readonly #pictures: Pictures;
  readonly #log: Logger;
  readonly #files = new Map<string, Promise<string>>();

  constructor(client: webApi.WebClient, pictures: Pictures, log: Logger) {
    this.#client = client;
    this.#pictures = pictures;
    this.#log = log;
  }

  /** Sends a view with its pictures, or with its words alone when they cannot be had in time. */
  async send<T>({ view, ms, send, instead }: Sending<T>): Promise<T> {
    const wanted = picturesIn(view);
    if (wanted.length === 0) return send(NO_FILES);
    const until = Date.now() + ms;
    try {
      const ids = await within(Promise.all(wanted.map((block) => this.#idOf(block))), ms);
      if (!ids) throw new PictureTrouble("a picture takes longer than usual", { passes: true });
      return await shown(() => send(new Map(wanted.map((block, at) => [block, ids[at] ?? ""]))), until);
    } catch (err) {
      if (!(err instanceof PictureTrouble)) throw err;
      instead?.(err);
      // One that was uploaded may have been deleted since: the next view uploads anew.
      this.#files.clear();
      this.#log.warn({ err, title: view.title }, "a picture could not be shown in Slack; its words are sent alone");
      return send(NO_FILES);
    }
  }

  /** Shares a file in the direct messages of one member: an ephemeral message can hold none. */
  async sendFile(member: string, { name, text }: FileBlock): Promise<void> {
    const { channel } = await this.#client.conversations.open({ users: member });
    if (channel?.id === undefined) throw new PictureTrouble("Slack opened no direct message", { passes: true });
    await this.#upload(new TextEncoder().encode(text), { filename: name, title: name, channel: channel.id });
  }

  /** What was uploaded once is not uploaded again. */
  async #idOf({ picture }: PictureBlock): Promise<string> {
    const png = await this.#pictures.png(picture, THEME).catch((cause: unknown) => {
      throw new PictureTrouble("the picture could not be drawn", { passes: false, cause });
    });
    const hash = createHash("sha256").update(png).digest("base64");
    const uploading = this.#files.get(hash) ?? this.#upload(png, { filename: "picture.png", title: "Picture" });
    if (this.#files.size >= KEPT) this.#files.clear();
    this.#files.set(hash, uploading);
    uploading.catch(() => this.#files.delete(hash));
    return uploading;
  }

  /** `channel`: where it is shared; left out, it is shown by what names its id. */
  async #upload(bytes: Uint8Array, { filename, title, channel }: { filename: string; title: string; channel?: string }): Promise<string> {
    try {
      const { upload_url: url, file_id: id } = await this.#client.files.getUploadURLExternal({ filename, length: bytes.byteLength });
      if (url === undefined || id === undefined) throw new PictureTrouble("Slack named no place to upload to", { passes: true });
      const { ok, status } = await fetch(url, { method: "POST", body: Buffer.from(bytes), signal: AbortSignal.timeout(UPLOAD_MS) });
      if (!ok) throw new PictureTrouble(`the upload was answered with ${status}`, { passes: status >= 500 });
      await this.#client.files.completeUploadExternal({
        files: [{ id, title }],
        ...(channel === undefined ? {} : { channel_id: channel }),
      });
      return id;
    } catch (cause) {
      if (cause instanceof PictureTrouble) throw cause;
      const failure = slackFailure(cause);
      // What is no answer of Slack's is a dropped connection or a timeout.
      const { code, transient = true, afterMs } = failure ?? {};
      throw new PictureTrouble(`the upload failed (${code ?? "no answer"})`, { passes: transient, afterMs, cause });
    }
  }
}

/** Asks again, with pauses, while Slack does not show the file yet. */
async function shown<T>(ask: () => Promise<T>, until: number): Promise<T> {
  for (let wait = FIRST_PAUSE_MS; ; wait *= 2) {
    try {
      return await ask();
    } catch (cause) {
      if (!UNSHOWN_YET.has(slackFailure(cause)?.code ?? "")) throw cause;
      if (Date.now() + wait > until) throw new PictureTrouble("Slack does not show the file yet", { passes: true, cause });
      await pause(wait);
    }
  }
}
