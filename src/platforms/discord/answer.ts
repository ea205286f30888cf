/**
 * Answers to interactions. They go by REST alone: discord.js's own reply methods refuse an
 * interaction that it has not seen acknowledged, which one delivered twice has been all the same.
 */
import { setTimeout as pause } from "node:timers/promises";
import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  type BaseInteraction,
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  RateLimitError,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import type { View } from "../../core/view.ts";
import { hasCode } from "./errors.ts";
import { renderView } from "./render.ts";

/** An answer concerns one person who waits for it: it is tried again here, and quickly. */
const TRIES = 3;
const AGAIN_MS = 300;

/** "Drillroom is thinking", to this person alone; `finish` puts the reply there. */
export const acknowledge = (interaction: BaseInteraction): Promise<void> =>
  callback(interaction, { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } });

export const finish = (interaction: BaseInteraction, view: View): Promise<void> =>
  insist(() =>
    interaction.client.rest.patch(Routes.webhookMessage(interaction.applicationId, interaction.token), {
      body: renderReply(view),
      auth: false,
    }),
  );

/** The first and only answer: private words. */
export function reply(interaction: BaseInteraction, view: View): Promise<void> {
  const data = renderReply(view);
  return callback(interaction, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { ...data, flags: data.flags | MessageFlags.Ephemeral },
  });
}

export const openModal = (interaction: BaseInteraction, data: APIModalInteractionResponseCallbackData): Promise<void> =>
  callback(interaction, { type: InteractionResponseType.Modal, data });

export const suggest = (interaction: BaseInteraction, choices: APIApplicationCommandOptionChoice[]): Promise<void> =>
  callback(interaction, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });

/** A private reply pings nobody. */
const renderReply = ({ notify: _nobody, ...view }: View) => renderView(view);

const callback = (interaction: BaseInteraction, body: { readonly type: InteractionResponseType; readonly data: object }): Promise<void> =>
  insist(() => interaction.client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false }));

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
