/** What the messengers' contract needs of a platform. */
import { afterAll, beforeAll, expect } from "vitest";
import type { Messenger } from "../../src/app/messenger.ts";
import type { Place } from "../../src/core/place.ts";
import type { Block, View } from "../../src/core/view.ts";

/** A message as a person would find it on the platform. */
export interface Shown {
  readonly remote: string;
  /** All visible text, with the platform's own escapes undone where the platform would undo them. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** Ids of the members that this message pings. */
  readonly pinged: readonly string[];
  /** What its pictures say in words, for who cannot see them. */
  readonly pictures: readonly string[];
}

export interface MessengerHarness {
  readonly messenger: Messenger;
  readonly channel: Place;
  /** A member of that space who can be written to directly. */
  readonly member: string;
  /** All messages of the channel (or of its thread, or of the member's direct messages), oldest first. */
  shown(where: Place | { readonly direct: string }): Promise<readonly Shown[]>;
  /**
   * Makes the next request fail as the platform would; undefined where it cannot happen.
   * lost-answer: the platform did it, but the connection dropped before its answer.
   */
  readonly fault?: {
    rateLimit(seconds: number): void;
    serverError(): void;
    lostAnswer(): void;
    channelGone(): void;
    /** As lostAnswer, in the middle of sending a picture. */
    lostPicture(): void;
    /** The platform takes messages of ours, and no pictures. */
    noPictures(): void;
  };
  stop(): Promise<void>;
}

export const view = (title: string, ...blocks: Block[]): View => ({ title, blocks });

/** Registers the hooks for one messenger, and what all parts of the contract do with it. */
export function useMessenger(start: () => Promise<MessengerHarness>) {
  const on = {} as { harness: MessengerHarness };
  let serial = 0;
  beforeAll(async () => {
    on.harness = await start();
  });
  afterAll(async () => {
    await on.harness?.stop();
  });

  const key = () => `contract/${++serial}`;
  return {
    on,
    /** Another key for each delivery. */
    key,
    post: (content: View, to = on.harness.channel, as = key(), attempt = 1) =>
      on.harness.messenger.deliver({ kind: "post", key: as, attempt, to, view: content }),
    /** Everything in the channel. */
    all: () => on.harness.shown(on.harness.channel),
    async last(where: Place | { readonly direct: string } = on.harness.channel): Promise<Shown> {
      return (await on.harness.shown(where)).at(-1) ?? expect.fail("nothing is shown");
    },
  };
}

export type MessengerStage = ReturnType<typeof useMessenger>;
