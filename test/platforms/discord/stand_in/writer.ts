/** People, and other bots, who write messages; the bot hears what its intents let it. */
import { type Gateway, INTENT } from "./gateway.ts";
import { writtenJson } from "./payloads.ts";
import type { Author, Message, World } from "./world.ts";

export interface Written {
  readonly ageMs?: number | undefined;
  /** How often the gateway tells of it. */
  readonly times?: number | undefined;
  readonly file?: true | undefined;
}

export class Writer {
  readonly #world: World;
  readonly #gateway: Gateway;

  constructor(world: World, gateway: Gateway) {
    this.#world = world;
    this.#gateway = gateway;
  }

  write(author: Author, channelId: string, content: string, { ageMs = 0, times = 1, file }: Written = {}): Message {
    const channel = this.#world.channels.get(channelId);
    if (!channel) throw new Error(`There is no channel ${channelId}.`);
    const message = this.#world.write(channel, author, content, ageMs);
    if (file) message.attachments = [{ id: "1", filename: "drawing.png", description: "", bytes: Buffer.from("a drawing") }];
    for (let time = 0; time < times; time += 1) this.#tell("MESSAGE_CREATE", message);
    return message;
  }

  /** Its author changes it. */
  edit(message: Message, content: string): void {
    message.body = { content };
    message.edited = Date.now();
    this.#tell("MESSAGE_UPDATE", message);
  }

  #tell(event: string, message: Message): void {
    const intent = this.#world.channels.get(message.channel)?.kind === "direct" ? INTENT.direct : INTENT.messages;
    this.#gateway.tellWith(intent, event, (intents) => writtenJson(this.#world, message, (intents & INTENT.content) !== 0));
  }
}
