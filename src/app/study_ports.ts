/** What study plans ask of the database. A study is one member's own; a space's members have at most one each. */
import type { Who } from "../core/place.ts";
import type { Study } from "../core/study.ts";

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
