/**
 * Answers to interactions. They go by REST alone: discord.js's own reply methods refuse an
 * interaction that it has not seen acknowledged, which one delivered twice has been all the same.
 */
import { setTimeout as pause } from "node:timers/promises";
import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  APIVersion,
  type BaseInteraction,
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  RateLimitError,
  type RawFile,
  REST,
  RESTJSONErrorCodes,
  type RESTOptions,
  Routes,
} from "discord.js";
import type { Logger } from "pino";
import { illustrate, type Pictures } from "../../app/pictures.ts";
import { within } from "../../app/within.ts";
import { withoutPictures } from "../../core/picture.ts";
import { SECOND } from "../../core/place.ts";
import type { View } from "../../core/view.ts";
import { hasCode } from "./errors.ts";
import { THEME, withFiles, wordsAlone } from "./pictures.ts";
import { renderView } from "./render.ts";

/** An answer concerns one person who waits for it: it is tried again here, and quickly. */
const TRIES = 3;
const AGAIN_MS = 300;
/** Longer nobody should look at "thinking" when only a picture is missing: its words go first. */
const PICTURE_MS = SECOND;

export interface Answers {
  /** "Drillroom is thinking", to this person alone; `finish` puts the reply there, its pictures perhaps a little later. */
  acknowledge(interaction: BaseInteraction): Promise<void>;
  finish(interaction: BaseInteraction, view: View): Promise<void>;
  /** The first and only answer: private words, without pictures. False when there was one before. */
  reply(interaction: BaseInteraction, view: View): Promise<boolean>;
  openModal(interaction: BaseInteraction, modal: APIModalInteractionResponseCallbackData): Promise<void>;
  suggest(interaction: BaseInteraction, choices: APIApplicationCommandOptionChoice[]): Promise<void>;
}

/**
 * `options` are those of the client. The connection is one of its own: answers do not count towards
 * the bot's fifty requests a second, and must not wait behind a morning's posts.
 * https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export function createAnswers(options: Partial<RESTOptions>, pictures: Pictures, log: Logger): Answers {
  const rest = new REST({ ...options, version: APIVersion, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  /** False when it was answered before. */
  const callback = ({ id, token }: BaseInteraction, type: InteractionResponseType, data: object) =>
    insist(() => rest.post(Routes.interactionCallback(id, token), { body: { type, data }, auth: false }));

  return {
    async acknowledge(interaction) {
      await callback(interaction, InteractionResponseType.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral });
    },
    async finish({ applicationId, token }, view) {
      const show = (body: object, files: RawFile[]) =>
        insist(() => rest.patch(Routes.webhookMessage(applicationId, token), { body, files, auth: false }));
      const drawing = illustrate(pictures, pingless(view), THEME, log);
      const inTime = await within(drawing, PICTURE_MS);
      if (!inTime) await withFiles({ view: withoutPictures(pingless(view)), files: [] }, log, show);
      await withFiles(inTime ?? (await drawing), log, show);
    },
    reply(interaction, view) {
      const data = renderView(wordsAlone(pingless(view)));
      return callback(interaction, InteractionResponseType.ChannelMessageWithSource, {
        ...data,
        flags: data.flags | MessageFlags.Ephemeral,
      });
    },
    async openModal(interaction, modal) {
      await callback(interaction, InteractionResponseType.Modal, modal);
    },
    async suggest(interaction, choices) {
      await callback(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices });
    },
  };
}

/** A private reply pings nobody. */
export const pingless = ({ notify: _nobody, ...view }: View): View => view;

/** Tries again what may work the second time, while somebody waits. False when the interaction was answered before. */
export async function insist(request: () => Promise<unknown>): Promise<boolean> {
  for (let left = TRIES - 1; ; left--) {
    try {
      await request();
      return true;
    } catch (error) {
      // Delivered twice, or the answer to our first try was lost: either way it is done.
      if (hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) return false;
      if (left === 0 || error instanceof DiscordAPIError) throw error;
      await pause(error instanceof RateLimitError ? error.retryAfter : AGAIN_MS);
    }
  }
}
