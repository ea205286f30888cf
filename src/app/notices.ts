/** Direct messages for what the product must tell somebody unasked. */
import type { Effect } from "../core/effect.ts";
import type { Group } from "../core/group.ts";
import type { Place } from "../core/place.ts";
import type { Tone } from "../core/view.ts";

/** One direct message for each organizer of a group. */
export const noticeOrganizers = (group: Group, key: string, title: string, markdown: string, tone: Tone = "warn"): readonly Effect[] =>
  group.organizers.map((member) => notice(member, group.place, `${key}/${member}`, title, markdown, tone));

export const notice = (member: string, to: Place, key: string, title: string, markdown: string, tone: Tone = "warn"): Effect => ({
  kind: "notice",
  key,
  to,
  member,
  view: { title, tone, blocks: [{ kind: "text", markdown }] },
});
