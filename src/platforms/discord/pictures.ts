/** Pictures and files on the way to Discord: as attachments of the message that shows them. */
import { RESTJSONErrorCodes as Code, type RawFile } from "discord.js";
import type { Logger } from "pino";
import type { Illustrated, PictureTheme } from "../../app/pictures.ts";
import { withoutFiles } from "../../core/file.ts";
import { withoutPictures } from "../../core/picture.ts";
import type { View } from "../../core/view.ts";
import { harmless, hasCode } from "./errors.ts";
import { type DiscordMessage, renderView } from "./render.ts";

/** What most people's Discord looks like. */
export const THEME: PictureTheme = "dark";

/** Discord takes the message but not its files here: for size, or for want of the permission Attach Files. */
const REFUSES_FILES = [Code.MissingPermissions, Code.RequestEntityTooLarge, Code.FileUploadedExceedsMaximumSize, Code.InvalidFileUploaded];

/** Asks with the pictures; where Discord refuses files, with the words alone. Throws at once what cannot be rendered. */
export function withFiles<T>(
  { view, files }: Illustrated,
  log: Logger,
  ask: (body: DiscordMessage, files: RawFile[]) => Promise<T>,
): Promise<T> {
  const body = renderView(view);
  const contents = contentsOf(view, files);
  const raw = body.attachments.map(({ filename: name }, at) => ({ name, data: Buffer.from([]), contentType: "", ...contents[at] }));
  return ask(body, raw).catch((error: unknown) => {
    if (raw.length === 0 || !hasCode(error, ...REFUSES_FILES)) throw error;
    log.warn({ err: harmless(error) }, "Discord refused an attachment; the words are sent alone");
    return ask(renderView(wordsAlone(view)), []);
  });
}

/** What is attached, in the order of the blocks. `pictures` are the view's, drawn. */
function contentsOf({ blocks }: View, pictures: readonly Uint8Array[]): readonly { data: Buffer; contentType: string }[] {
  const left = [...pictures];
  return blocks.flatMap((block) => {
    if (block.kind === "file") return [{ data: Buffer.from(block.text), contentType: block.type }];
    return block.kind === "picture" ? [{ data: Buffer.from(left.shift() ?? []), contentType: "image/png" }] : [];
  });
}

/** A view for a message that can have no attachment. */
export const wordsAlone = (view: View): View =>
  withoutFiles(withoutPictures(view), ({ name }) => `\`${name}\` could not be attached here. Try again, or in another channel.`);
