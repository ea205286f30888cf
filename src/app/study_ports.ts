/** What study plans ask of the database. A study is one member's own; a space's members have at most one each. */
import type { Member } from "../core/place.ts";
import type { Study } from "../core/study.ts";

/** Somebody in a space. */
export type Who = Pick<Member, "platform" | "space" | "id">;

export interface StudyReads {
  readonly studies: { of(who: Who): Promise<Study | undefined> };
}

export interface StudyWrites {
  readonly studies: StudyReads["studies"] & {
    /** Makes it, or takes the place of the one before. */
    save(who: Who, study: Study): Promise<void>;
    remove(who: Who): Promise<void>;
  };
}
