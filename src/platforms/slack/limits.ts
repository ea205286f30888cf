/** Slack's limits, each with its source. Lengths are characters unless a name says otherwise. */

/** https://docs.slack.dev/reference/block-kit/blocks */
export const MESSAGE_BLOCKS = 50;
/** The same page: modals and home tabs. */
export const VIEW_BLOCKS = 100;
/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const HEADER_CHARACTERS = 150;
/** https://docs.slack.dev/reference/block-kit/blocks/image-block: `alt_text`. */
export const IMAGE_ALT_CHARACTERS = 2_000;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const BUTTON_LABEL_CHARACTERS = 75;
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const OPTION_CHARACTERS = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export const RADIO_OPTIONS = 10;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const SELECT_OPTIONS = 100;
/** https://docs.slack.dev/reference/block-kit/blocks/input-block: label and hint. */
export const INPUT_LABEL_CHARACTERS = 2_000;
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: `max_length`. */
export const INPUT_CHARACTERS = 3_000;
/** https://docs.slack.dev/reference/views/modal-views: title, submit and close. */
export const MODAL_TITLE_CHARACTERS = 24;

/**
 * All blocks of one message as JSON. Slack documents no such limit; messages were refused with
 * `msg_blocks_too_long` from about 13,200 on. https://github.com/slackapi/bolt-js/issues/2509
 */
export const MESSAGE_BLOCKS_BYTES = 12_500;
/** A view as JSON is refused from 250,000 on, says the error "view_too_large": https://docs.slack.dev/reference/methods/views.publish#errors */
export const VIEW_BLOCKS_BYTES = 100_000;
/** The text beside the blocks. https://docs.slack.dev/reference/methods/chat.postMessage#truncating */
export const FALLBACK_CHARACTERS = 4_000;

/** https://docs.slack.dev/reference/methods/conversations.history: `limit`. */
export const HISTORY_MESSAGES = 999;

// Slash commands of a manifest: https://docs.slack.dev/reference/app-manifest
export const SLASH_COMMANDS = 50;
export const SLASH_NAME = /^[a-z0-9_-]{1,31}$/;
export const SLASH_DESCRIPTION_CHARACTERS = 2_000;
export const SLASH_HINT_CHARACTERS = 1_000;

/**
 * Slack's own slash commands; a manifest that names one is refused whole with "invalid name".
 * https://slack.com/help/articles/201259356-Slash-commands-in-Slack
 */
export const RESERVED_SLASH_NAMES: ReadonlySet<string> = new Set(
  (
    "active apps archive away call canvas close collapse dm dnd expand feed feedback giphy huddle invite join keys kick leave me " +
    "msg mute open part prefs pro remind remove rename search shortcuts shrug star status todo topic unarchive who"
  ).split(" "),
);

/** An interaction is acknowledged, and its `trigger_id` used, within 3 s. https://docs.slack.dev/interactivity/handling-user-interaction */
const INTERACTION_MS = 3_000;
/** How long a form may take before "loading" opens in its place: half of what the trigger lives, so that opening it fits too. */
export const FORM_WAIT_MS = INTERACTION_MS / 2;
/** How long a submission's answer may take before "working" replaces the form: leaves a second for the acknowledgement's way. */
export const SUBMIT_WAIT_MS = INTERACTION_MS - 1_000;
