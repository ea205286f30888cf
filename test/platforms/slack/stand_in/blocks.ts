/**
 * Slack's documented shapes and limits, as the stand-in enforces them. Written from the documents and
 * @slack/types, apart from the adapter's own constants: a wrong one there must be found here.
 * https://docs.slack.dev/reference/block-kit
 */
import { z } from "zod";

const id = z.string().min(1).max(255);
const plainText = (limit: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(limit), emoji: z.boolean().optional() });

const style = z
  .strictObject({ bold: z.boolean(), italic: z.boolean(), strike: z.boolean(), code: z.boolean(), underline: z.boolean() })
  .partial();
const inline = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal("link"), url: z.url().max(3_000), text: z.string().min(1).optional(), style: style.optional() }),
  z.strictObject({ type: z.literal("user"), user_id: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal("channel"), channel_id: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal("broadcast"), range: z.enum(["here", "channel", "everyone"]), style: style.optional() }),
  z.strictObject({
    type: z.literal("date"),
    timestamp: z.int().positive(),
    format: z.string().regex(/\{\w+\}/),
    fallback: z.string().optional(),
    style: style.optional(),
  }),
]);
const section = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(inline).min(1) });
const paragraph = z.discriminatedUnion("type", [
  section,
  z.strictObject({ type: z.literal("rich_text_list"), style: z.enum(["bullet", "ordered"]), elements: z.array(section).min(1) }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(inline).min(1) }),
]);

const button = z.strictObject({
  type: z.literal("button"),
  text: plainText(75),
  action_id: id,
  value: z.string().max(2_000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

const option = z.strictObject({ text: plainText(75), value: z.string().min(1).max(150), description: plainText(75).optional() });
const choice = <T extends string>(type: T, most: number) =>
  z
    .strictObject({
      type: z.literal(type),
      action_id: id,
      options: z.array(option).min(1).max(most),
      initial_option: option.optional(),
    })
    .refine(({ options, initial_option: chosen }) => !chosen || options.some((one) => JSON.stringify(one) === JSON.stringify(chosen)), {
      error: "initial_option is none of the options",
    });
const lineInput = z
  .strictObject({
    type: z.literal("plain_text_input"),
    action_id: id,
    multiline: z.boolean().optional(),
    max_length: z.int().min(1).max(3_000).optional(),
    initial_value: z.string().max(3_000).optional(),
  })
  .refine(({ initial_value: value = "", max_length: limit = 3_000 }) => value.length <= limit, {
    error: "initial_value is longer than max_length",
  });

const header = z.strictObject({ type: z.literal("header"), block_id: id.optional(), text: plainText(150) });
const richText = z.strictObject({ type: z.literal("rich_text"), block_id: id.optional(), elements: z.array(paragraph).min(1) });
const actions = z.strictObject({ type: z.literal("actions"), block_id: id.optional(), elements: z.array(button).min(1).max(25) });
/** https://docs.slack.dev/reference/block-kit/blocks/image-block; a public address is nothing that the bot has. */
const image = z.strictObject({
  type: z.literal("image"),
  block_id: id.optional(),
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }),
  alt_text: z.string().min(1).max(2_000),
});
/** https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element */
const conversations = z.strictObject({
  type: z.literal("conversations_select"),
  action_id: id,
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({ include: z.array(z.enum(["im", "mpim", "private", "public"])).min(1), exclude_bot_users: z.boolean() })
    .optional(),
});
const input = z.strictObject({
  type: z.literal("input"),
  block_id: id.optional(),
  label: plainText(2_000),
  hint: plainText(2_000).optional(),
  optional: z.boolean().optional(),
  element: z.union([lineInput, choice("radio_buttons", 10), choice("static_select", 100), conversations]),
});

export type StandInBlock = z.output<typeof header | typeof richText | typeof actions | typeof image | typeof input>;
export type Inline = z.output<typeof inline>;

function idsOf(blocks: readonly StandInBlock[]): { blocks: string[]; actions: string[] } {
  return {
    blocks: blocks.flatMap((block) => block.block_id ?? []),
    // Within one input block the action_id stands alone.
    actions: blocks.flatMap((block) => (block.type === "actions" ? block.elements.map((element) => element.action_id) : [])),
  };
}

function uniqueIds(blocks: readonly StandInBlock[]): boolean {
  return Object.values(idsOf(blocks)).every((ids) => new Set(ids).size === ids.length);
}

const unique = { error: "block_id and action_id must be unique" };

export const messageBlocks = z
  .array(z.discriminatedUnion("type", [header, richText, actions, image]))
  .min(1)
  .max(50)
  .refine(uniqueIds, unique);

/** Refused in practice from about here on: https://github.com/slackapi/bolt-js/issues/2509 */
export const MESSAGE_BYTES = 13_000;

/** Slack's error "view_too_large" begins here: https://docs.slack.dev/reference/methods/views.open#errors */
const VIEW_BYTES = 250_000;
const small = (view: unknown): boolean => Buffer.byteLength(JSON.stringify(view)) <= VIEW_BYTES;

/** https://docs.slack.dev/reference/views/modal-views */
export const modalView = z
  .strictObject({
    type: z.literal("modal"),
    callback_id: id.optional(),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    private_metadata: z.string().max(3_000).optional(),
    blocks: z
      .array(z.discriminatedUnion("type", [header, richText, actions, image, input]))
      .min(1)
      .max(100)
      .refine(uniqueIds, unique),
  })
  .refine(small, { error: "view_too_large" })
  .refine(({ blocks, submit }) => submit || blocks.every(({ type }) => type !== "input"), { error: "submit is required with inputs" });

/** https://docs.slack.dev/reference/views/home-tab-views; input blocks are allowed and nothing of ours. */
export const homeView = z
  .strictObject({
    type: z.literal("home"),
    callback_id: id.optional(),
    private_metadata: z.string().max(3_000).optional(),
    blocks: z
      .array(z.discriminatedUnion("type", [header, richText, actions, image]))
      .min(1)
      .max(100)
      .refine(uniqueIds, unique),
  })
  .refine(small, { error: "view_too_large" });

export type StandInView = z.output<typeof modalView>;
export type StandInHome = z.output<typeof homeView>;

/** https://docs.slack.dev/reference/methods/chat.postMessage; 4,000 characters of text are what Slack recommends at most. */
export const text = z.string().min(1).max(4_000);
export const timestamp = z.string().regex(/^\d{10}\.\d{6}$/);
export const metadata = z.strictObject({
  event_type: z.string().regex(/^\w{1,255}$/),
  event_payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
