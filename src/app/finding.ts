/** What `npm run doctor` finds, of the database and of each platform. */

export interface Finding {
  /** What was looked at, and what is so: a sentence without secrets. */
  readonly what: string;
  readonly ok: boolean;
  /** What to do when it is not; otherwise what was found, where `what` does not say it. */
  readonly fix?: string;
}

export const fine = (what: string): Finding => ({ what, ok: true });
export const amiss = (what: string, fix: string): Finding => ({ what, ok: false, fix });
