/** Discord's limits, each with its source. Lengths are in characters. */
import { SECOND } from "../../core/place.ts";

// https://discord.com/developers/docs/components/reference (what IS_COMPONENTS_V2 allows in a message)
/** All components of a message, nested ones included. */
export const MESSAGE_COMPONENTS = 40;
/** All text of a message's components together. */
export const MESSAGE_TEXT = 4_000;
export const ROW_BUTTONS = 5;
export const BUTTON_LABEL = 80;

// https://discord.com/developers/docs/resources/message#attachment-object
export const ATTACHMENT_DESCRIPTION = 1_024;

// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
export const MODAL_TITLE = 45;
/** Top-level components: an introduction counts as one. */
export const MODAL_COMPONENTS = 5;
// https://discord.com/developers/docs/components/reference#label
export const LABEL = 45;
export const LABEL_DESCRIPTION = 100;
// https://discord.com/developers/docs/components/reference#text-input
export const TEXT_INPUT = 4_000;
// https://discord.com/developers/docs/components/reference#radio-group
export const RADIO_OPTIONS = { least: 2, most: 10 } as const;
// https://discord.com/developers/docs/components/reference#string-select
export const SELECT_OPTIONS = 25;
export const OPTION_TEXT = 100;

// https://discord.com/developers/docs/interactions/application-commands#application-command-object
export const COMMAND_DESCRIPTION = 100;
export const OPTION_CHOICES = 25;
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete
export const CHOICES = 25;
export const CHOICE_TEXT = 100;

// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
/** An interaction that is not acknowledged within this time fails for the person. */
export const ACKNOWLEDGE_MS = 3 * SECOND;

// https://discord.com/developers/docs/resources/message#create-message
export const NONCE = 25;

// https://discord.com/developers/docs/resources/channel#start-thread-from-message
export const THREAD_NAME = 100;
/** Minutes without a message after which a thread may be archived by itself. */
export const ARCHIVE_AFTER = [60, 1_440, 4_320, 10_080] as const;
