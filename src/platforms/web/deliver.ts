/** Sending, in the playground, is writing to the chat that the playground keeps for itself. */
import { type Delivered, type Delivery, DeliveryError, type Messenger } from "../../app/messenger.ts";
import type { ChatLog } from "../../app/playground.ts";
import type { Instant } from "../../core/place.ts";
import { CHANNELS } from "./people.ts";

/** `said` is called after every change, for the pages that are looking. */
export function createMessenger(chatLog: ChatLog, now: () => Instant, said: () => void): Messenger {
  return {
    platform: "web",
    inspect: async () => [{ name: "post, edit, open threads", granted: true, fix: "" }],
    async deliver(delivery) {
      const remote = await write(delivery).catch((cause: unknown) => {
        throw cause instanceof DeliveryError
          ? cause
          : new DeliveryError("The playground's database did not take the message.", { retry: true, cause });
      });
      said();
      return remote;
    },
  };

  async function write(delivery: Delivery): Promise<Delivered> {
    switch (delivery.kind) {
      case "post":
        return { remote: String(await chatLog.post({ key: delivery.key, to: delivery.to, view: delivery.view, at: now() })) };
      case "notice": {
        // A page looks at one channel: what belongs to none is shown in the first.
        const to = { channel: CHANNELS[0].id, ...delivery.to };
        return {
          remote: String(await chatLog.post({ key: delivery.key, to, view: delivery.view, recipient: delivery.member, at: now() })),
        };
      }
      case "edit":
        if (!(await chatLog.edit(Number(delivery.message), delivery.view))) throw gone(delivery.message);
        return { remote: delivery.message };
      case "thread": {
        const remote = await chatLog.thread(Number(delivery.message), delivery.title);
        if (remote === undefined) throw gone(delivery.message);
        return { remote };
      }
    }
  }
}

const gone = (message: string) => new DeliveryError(`The playground has no message ${message} any more.`, { retry: false });
