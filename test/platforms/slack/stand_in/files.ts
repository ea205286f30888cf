/**
 * Files of the workspace: asked for, uploaded, completed, and looked over before any block shows them.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
import { z } from "zod";

export interface StandInFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes: Buffer | undefined;
  /** When it was completed. */
  completed: number | undefined;
  /** The conversation that it was shared in. */
  shared: string | undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const namedFiles = z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1);

export class Files {
  readonly all = new Map<string, StandInFile>();
  /** How long Slack looks over a file before it shows it. */
  processingMs = 250;
  #serial = 0;

  ask(name: string, length: number): StandInFile {
    const id = `F${String(++this.#serial).padStart(9, "0")}`;
    const file: StandInFile = { id, name, length, bytes: undefined, completed: undefined, shared: undefined };
    this.all.set(file.id, file);
    return file;
  }

  /** What is wrong with an upload; undefined when Slack takes it. */
  upload(id: string, bytes: Buffer): string | undefined {
    const file = this.all.get(id);
    if (!file) return "nobody asked for it";
    if (bytes.length !== file.length) return `${bytes.length} bytes, ${file.length} were named`;
    if (file.name.endsWith(".png") && !bytes.subarray(0, PNG.length).equals(PNG)) return "not a PNG";
    file.bytes = bytes;
    return undefined;
  }

  complete(id: string, channel: string | undefined): boolean {
    const file = this.all.get(id);
    if (!file?.bytes) return false;
    file.shared = channel;
    file.completed ??= Date.now();
    return true;
  }

  /** Whether a block may show it: yes, not yet, or never. */
  shows(id: string): "yes" | "not yet" | "never" {
    const completed = this.all.get(id)?.completed;
    if (completed === undefined) return "never";
    return Date.now() - completed >= this.processingMs ? "yes" : "not yet";
  }
}
