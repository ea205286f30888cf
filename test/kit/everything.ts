/** All that stands in a channel and in its threads, as its people find it. */
import type { Place } from "../../src/core/place.ts";
import type { MessengerHarness, Shown } from "../contract/messenger.ts";

/** A message, and the channel or thread it stands in. */
export type Standing = Shown & { readonly where: Place };

/** On both platforms a thread has the id of the message it starts from. */
export async function everything(shown: MessengerHarness["shown"], channel: Place): Promise<readonly Standing[]> {
  const inChannel = await shown(channel);
  const places = inChannel.map(({ remote }) => ({ ...channel, thread: remote }));
  const threads = await Promise.all(places.map(async (where) => (await shown(where)).map((message) => ({ ...message, where }))));
  // In Slack a thread begins with the message that it hangs on.
  const inside = threads.flat().filter(({ remote, where }) => remote !== where.thread);
  return [...inChannel.map((message) => ({ ...message, where: channel })), ...inside];
}
