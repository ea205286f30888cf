/** News that the app was removed. https://docs.slack.dev/reference/events/app_uninstalled */
import type { App } from "@slack/bolt";
import { z } from "zod";
import { type Instant, SECOND } from "../../core/place.ts";

export interface Removals {
  /** The workspace's id, or the organization's. */
  removed(id: string, at: Instant): Promise<void>;
  left(spaces: readonly string[]): Promise<void>;
}

const news = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  /** Seconds. */
  event_time: z.number(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().nullish() })).default([]),
  event: z.object({
    /** Absent when all are revoked; users' own tokens are nothing that we have. */
    tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
    team_ids: z.array(z.string()).default([]),
  }),
});
type News = z.output<typeof news>;

/** An organization's own end names no workspace. */
const installationOf = ({ team_id, enterprise_id, authorizations }: News): string | undefined =>
  (authorizations[0]?.is_enterprise_install ? enterprise_id : team_id) ?? enterprise_id ?? undefined;

/** The second in which it happened is over a second later. */
const happened = ({ event_time }: News): Instant => (event_time + 1) * SECOND;

export function hearRemovals(app: App, { removed, left }: Removals): void {
  const gone = async (body: unknown) => {
    const read = news.parse(body);
    const id = installationOf(read);
    const ours = read.event.tokens === undefined || (read.event.tokens.bot ?? []).length > 0;
    if (id !== undefined && ours) await removed(id, happened(read));
  };
  app.event("app_uninstalled", ({ body }) => gone(body));
  app.event("tokens_revoked", ({ body }) => gone(body));
  app.event("team_access_revoked", async ({ body }) => left(news.parse(body).event.team_ids));
}
