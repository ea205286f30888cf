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
  REST,
  RESTJSONErrorCodes,
  type RESTOptions,
  Routes,
} from "discord.js";
import type { View } from "../../core/view.ts";
import { hasCode } from "./errors.ts";
import { renderView } from "./render.ts";

/** An answer concerns one person who waits for it: it is tried again here, and quickly. */
const TRIES = 3;
const AGAIN_MS = 300;

export interface Answers {
  /** "Drillroom is thinking", to this person alone; `finish` puts the reply there. */
  acknowledge(interaction: BaseInteraction): Promise<void>;
  finish(interaction: BaseInteraction, view: View): Promise<void>;
  /** The first and only answer: private words. */
  reply(interaction: BaseInteraction, view: View): Promise<void>;
  openModal(interaction: BaseInteraction, modal: APIModalInteractionResponseCallbackData): Promise<void>;
  suggest(interaction: BaseInteraction, choices: APIApplicationCommandOptionChoice[]): Promise<void>;
}

/**
 * `options` are those of the client. The connection is one of its own: answers do not count towards
 * the bot's fifty requests a second, and must not wait behind a morning's posts.
 * https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export function createAnswers(options: Partial<RESTOptions>): Answers {
  const rest = new REST({ ...options, version: APIVersion, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  const callback = ({ id, token }: BaseInteraction, type: InteractionResponseType, data: object) =>
    insist(() => rest.post(Routes.interactionCallback(id, token), { body: { type, data }, auth: false }));

  return {
    acknowledge: (interaction) =>
      callback(interaction, InteractionResponseType.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral }),
    async finish({ applicationId, token }, view) {
      const body = renderReply(view);
      await insist(() => rest.patch(Routes.webhookMessage(applicationId, token), { body, auth: false }));
    },
    async reply(interaction, view) {
      const data = renderReply(view);
      await callback(interaction, InteractionResponseType.ChannelMessageWithSource, {
        ...data,
        flags: data.flags | MessageFlags.Ephemeral,
      });
    },
    openModal: (interaction, modal) => callback(interaction, InteractionResponseType.Modal, modal),
    suggest: (interaction, choices) => callback(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices }),
  };
}

/** A private reply pings nobody. */
const renderReply = ({ notify: _nobody, ...view }: View) => renderView(view);

async function insist(request: () => Promise<unknown>): Promise<void> {
  for (let left = TRIES - 1; ; left--) {
    try {
      await request();
      return;
    } catch (error) {
      // Delivered twice, or the answer to our first try was lost: either way it is done.
      if (hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) return;
      if (left === 0 || error instanceof DiscordAPIError) throw error;
      await pause(error instanceof RateLimitError ? error.retryAfter : AGAIN_MS);
    }
  }
}
