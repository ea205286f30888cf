/** Statements that come again are prepared: a connection parses and plans them once. See docs/adr/0022. */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";

/** From the fifth time on, as psycopg does: https://www.psycopg.org/psycopg3/docs/advanced/prepare.html */
const OFTEN = 5;
/** Every connection keeps the plans of so many. */
const MOST = 200;
/** Statements that hold lists have no end; so many are counted, and then all anew. */
const COUNTED = 1_000;

/**
 * `x.*`, `select *`, `returning *`: the migration of a newer version may add a column beneath us, and a
 * prepared statement has to go on giving what it gave ("cached plan must not change result type").
 */
const EVERY_COLUMN = /(?:\.|,\s*|\b(?:select|distinct(?:\s+on\s*\([^)]*\))?|returning)\s+)\*/i;

/** The pool as Kysely wants it, on whose connections statements have names. */
export function preparing(pool: Pool): PostgresPool {
  const nameOf = statementNames();
  // Kysely knows a connection by its client.
  const clients = new WeakMap<PoolClient, PreparingClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client) ?? new PreparingClient(client, nameOf);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

type NameOf = (text: string) => string | undefined;

class PreparingClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #nameOf: NameOf;

  constructor(client: PoolClient, nameOf: NameOf) {
    this.#client = client;
    this.#nameOf = nameOf;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== "string") throw new TypeError("Cursors are not used here.");
    // Without values it is one short message: begin, commit.
    const name = values.length > 0 ? this.#nameOf(text) : undefined;
    return this.#client.query({ ...(name === undefined ? {} : { name }), text, values: [...values] });
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}

/** One name for a text on all connections; undefined for what must not have one, or is not asked often. */
export function statementNames(): NameOf {
  const names = new Map<string, string>();
  const asked = new Map<string, number>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === MOST) return known;
    const times = (asked.get(text) ?? 0) + 1;
    if (asked.size === COUNTED) asked.clear();
    asked.set(text, times);
    if (times < OFTEN || EVERY_COLUMN.test(text)) return undefined;
    asked.delete(text);
    const name = `drillroom_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
