/** What a member may ask of all that is kept about them: to have it, and to be forgotten. */
import type { KeptPart } from "../core/personal_views.ts";
import type { Place, Who } from "../core/place.ts";
import type { View } from "../core/view.ts";
import type { PostRef } from "./ports.ts";

/** Who goes: `as` stands in for them in what others keep, `name` is how they were called. */
export interface Gone extends Who {
  readonly as: string;
  readonly name: string;
  /** Everything they wrote. */
  readonly words: readonly string[];
  /** The rounds they had a part in. */
  readonly rounds: readonly string[];
}

export interface PersonalWrites {
  readonly personal: {
    /** Everything but rounds, which are the core's to read; parts without rows too. */
    kept(who: Who): Promise<readonly KeptPart[]>;
    /** Ids of all rounds whose record has a member in it, sorted. */
    rounds(who: Who): Promise<readonly string[]>;
    /**
     * What others read and write back whole while this member is in it: plans and matches, groups, posts. Sorted.
     * Until the end of the transaction nobody is matched or reminded where they would be.
     */
    shared(
      who: Who,
    ): Promise<{ readonly plans: readonly string[]; readonly groups: readonly string[]; readonly posts: readonly PostRef[] }>;
    /** What a member wrote, outside of rounds. */
    words(who: Who): Promise<readonly string[]>;
    /**
     * Removes a member from every table but `round`, by the list in store/held.ts. Gives the messages in
     * channels that lost words of theirs, to be edited on the platform: the key of each, and its last version.
     */
    forget(gone: Gone): Promise<readonly { readonly post: string; readonly to: Place; readonly view: View }[]>;
  };
}
