/**
 * What is kept of the workspaces that installed the app, where one deployment serves many of them.
 *
 * - installation: a workspace's or a whole organization's consent, with its tokens. Gone at once when it ends.
 * - space: a workspace as the product knows it. It outlives its installation by KEPT_AFTER_REMOVAL_MS.
 */
import type { Instant } from "../core/place.ts";

/** Why a schedule pauses then; one that paused for this goes on by itself after a new installation. */
export const REMOVED = "Drillroom was removed from this workspace.";

export interface Installation {
  /** The workspace's id, or the organization's when it was installed in all of it. */
  readonly id: string;
  /** Its tokens, sealed by the platform's adapter: the store cannot read them. */
  readonly sealed: string;
}

export interface Installations {
  /** The installation that serves a space: its own, or else its organization's. */
  serving(space: string): Promise<Installation | undefined>;
  all(): Promise<readonly Installation[]>;
  /** A new installation, or the same once more. What was to be forgotten is kept, and paused schedules go on. */
  install(installation: Installation, of: { readonly space?: string; readonly organization?: string }, now: Instant): Promise<void>;
  /** A space is served by its organization's installation; nothing is noted when there is none. */
  met(space: string, organization: string): Promise<void>;
  /** Spaces that an organization's installation serves no longer. */
  left(spaces: readonly string[], forgetAt: Instant): Promise<void>;
  /** Other tokens for what is still installed; ends the lease. Tokens that others replaced meanwhile stay. */
  reseal(before: Installation, sealed: string): Promise<void>;
  /** The right to exchange the tokens, for one process at a time; undefined while another has it. */
  lease(id: string, ms: number): Promise<Installation | undefined>;
  /**
   * The end of an installation: its tokens are deleted, and what no other installation serves is forgotten
   * at `forgetAt`. With `sealed`, only if these are still its tokens; with `before`, only if it was made by
   * then: the news of a removal may arrive after another installation. False when there was none.
   */
  remove(id: string, forgetAt: Instant, only?: { readonly sealed?: string; readonly before?: Instant }): Promise<boolean>;
  /** True the first time; false for a mark that was spent before. Marks are kept until they expire. */
  spend(mark: string, expires: Instant, now: Instant): Promise<boolean>;
}
