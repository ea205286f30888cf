/**
 * Interactions under way: three seconds to acknowledge, once; fifteen minutes to follow up.
 * https://discord.com/developers/docs/interactions/receiving-and-responding
 */
import { randomBytes } from "node:crypto";
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from "discord-api-spec/zod";
import type { z } from "zod";
import { Refusal } from "./refusal.ts";
import { isEmpty, messageProblems, modalProblems } from "./rules.ts";
import { strictly } from "./strict.ts";
import { type Attachment, attached, type SentFile, uploadProblems } from "./upload.ts";
import type { Json, Message, World } from "./world.ts";

export const KIND = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
export const CALLBACK = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, autocomplete: 8, modal: 9 } as const;
const ACKNOWLEDGE_MS = 3_000;
const FOLLOW_UP_MS = 15 * 60_000;
const EPHEMERAL = 64;

/** What a person has in front of them after doing something. */
export type Sight =
  | { readonly kind: "reply"; readonly user: string; readonly message: Message }
  | { readonly kind: "modal"; readonly user: string; readonly modal: Json; readonly interaction: Json }
  | { readonly kind: "choices"; readonly choices: readonly { readonly name: string; readonly value: string | number }[] };

export interface Pending {
  readonly id: string;
  readonly token: string;
  readonly user: string;
  readonly payload: Json;
  readonly at: number;
  acknowledged?: number;
  /** The reply, once there are words in it. */
  reply?: Message;
  readonly sight: Promise<Sight>;
  show(sight: Sight): void;
  fail(reason: Error): void;
}

export class Interactions {
  /** Every interaction that was not acknowledged in time. */
  readonly late: string[] = [];
  readonly #pending = new Map<string, Pending>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** `answerMs`: how long the person waits for words after "thinking". */
  begin(user: string, payload: Json, answerMs: number): Pending {
    const { promise: sight, resolve: show, reject: fail } = Promise.withResolvers<Sight>();
    const id = this.#world.snowflake();
    const token = randomBytes(60).toString("base64url");
    const pending: Pending = { id, token, user, payload: { ...payload, id, token }, at: Date.now(), sight, show, fail };
    this.#pending.set(id, pending);
    const deadline = setTimeout(() => {
      if (pending.acknowledged !== undefined) return;
      this.late.push(id);
      fail(new Error("The application did not respond."));
    }, ACKNOWLEDGE_MS);
    const patience = setTimeout(() => fail(new Error(`No reply came within ${answerMs} ms.`)), answerMs);
    const calm = () => {
      clearTimeout(deadline);
      clearTimeout(patience);
    };
    sight.then(calm, calm);
    return pending;
  }

  /** The interaction that a webhook's address belongs to, while follow-ups are taken. */
  byToken(token: string): Pending {
    const pending = [...this.#pending.values()].find((one) => one.token === token);
    if (!pending) throw new Refusal(404, 10_015, "Unknown Webhook");
    if (Date.now() - pending.at > FOLLOW_UP_MS) throw new Refusal(401, 50_027, "Invalid Webhook Token");
    return pending;
  }

  callback(id: string, token: string, body: Json): void {
    const pending = this.#pending.get(id);
    const expired = pending?.acknowledged === undefined && Date.now() - (pending?.at ?? 0) > ACKNOWLEDGE_MS;
    if (pending?.token !== token || expired) throw new Refusal(404, 10_062, "Unknown interaction");
    if (pending.acknowledged !== undefined) throw new Refusal(400, 40_060, "Interaction has already been acknowledged.");
    const type = Number(body.type);
    Refusal.ifAny(callbackProblems(body, type, Number(pending.payload.type)));
    pending.acknowledged = type;
    this.#answer(pending, type, (body.data ?? {}) as Json);
  }

  #answer(pending: Pending, type: number, data: Json): void {
    const { user, payload } = pending;
    if (type === CALLBACK.modal) pending.show({ kind: "modal", user, modal: data, interaction: payload });
    if (type === CALLBACK.autocomplete)
      pending.show({ kind: "choices", choices: data.choices as Extract<Sight, { kind: "choices" }>["choices"] });
    if (type === CALLBACK.message) this.#reply(pending, data);
  }

  /** Fills in the reply, or changes it. */
  edit(pending: Pending, body: Json, files: readonly SentFile[]): Message {
    if (pending.acknowledged === undefined || pending.acknowledged === CALLBACK.modal) throw new Refusal(404, 10_008, "Unknown Message");
    const before = pending.reply?.attachments ?? [];
    const problems = [...messageProblems(body), ...uploadProblems(body, files, before)];
    Refusal.ifAny([...strictly(IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema, body), ...problems]);
    if (pending.reply) {
      pending.reply.body = { ...pending.reply.body, ...body };
      pending.reply.attachments = attached(body, files, before);
      pending.reply.edited = Date.now();
      return pending.reply;
    }
    return this.#reply(pending, body, attached(body, files, before));
  }

  #reply(pending: Pending, body: Json, attachments: readonly Attachment[] = []): Message {
    const channel = String(pending.payload.channel_id);
    pending.reply = this.#world.whisper(channel, body, attachments, pending.user);
    pending.show({ kind: "reply", user: pending.user, message: pending.reply });
    return pending.reply;
  }
}

const SCHEMAS: Readonly<Record<number, z.ZodType>> = {
  [CALLBACK.message]: CreateMessageInteractionCallbackRequestSchema,
  [CALLBACK.deferred]: CreateMessageInteractionCallbackRequestSchema,
  [CALLBACK.deferredUpdate]: UpdateMessageInteractionCallbackRequestSchema,
  [CALLBACK.update]: UpdateMessageInteractionCallbackRequestSchema,
  [CALLBACK.autocomplete]: ApplicationCommandAutocompleteCallbackRequestSchema,
  [CALLBACK.modal]: ModalInteractionCallbackRequestSchema,
};

function callbackProblems(body: Json, type: number, to: number): readonly string[] {
  const schema = SCHEMAS[type];
  if (!schema) return [`type: ${type} answers no interaction`];
  const data = (body.data ?? {}) as Json;
  const problems = [...strictly(schema, body)];
  if ((type === CALLBACK.autocomplete) !== (to === KIND.autocomplete))
    problems.push(`type: ${type} does not answer an interaction of type ${to}`);
  if (type === CALLBACK.modal && to === KIND.modal) problems.push("type: a submitted modal cannot be answered with a modal");
  if ((type === CALLBACK.update || type === CALLBACK.deferredUpdate) && to === KIND.command)
    problems.push("type: there is no message to update");
  if (type === CALLBACK.modal) problems.push(...modalProblems(data));
  // Discord would take it; the stand-in shows private replies alone.
  const visible = (type === CALLBACK.message || type === CALLBACK.deferred) && (Number(data.flags ?? 0) & EPHEMERAL) === 0;
  if (visible) problems.push("data: a reply that everybody would see");
  if (type === CALLBACK.message && isEmpty(data)) problems.push("data: an empty message");
  if (type === CALLBACK.message || type === CALLBACK.update) problems.push(...messageProblems(data), ...uploadProblems(data, [], []));
  return problems;
}
