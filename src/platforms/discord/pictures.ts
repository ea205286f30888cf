/** Pictures on the way to Discord: as files of the message that shows them. */
import { RESTJSONErrorCodes as Code, type RawFile } from "discord.js";
import type { Logger } from "pino";
import type { Illustrated, PictureTheme } from "../../app/pictures.ts";
import { withoutPictures } from "../../core/picture.ts";
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
  const raw = body.attachments.map(({ filename: name }, at) => ({ name, data: Buffer.from(files[at] ?? []), contentType: "image/png" }));
  return ask(body, raw).catch((error: unknown) => {
    if (files.length === 0 || !hasCode(error, ...REFUSES_FILES)) throw error;
    log.warn({ err: harmless(error) }, "Discord refused a picture; its words are sent alone");
    return ask(renderView(withoutPictures(view)), []);
  });
}
