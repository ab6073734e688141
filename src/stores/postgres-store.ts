import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { DeliveryStore } from "../receiver/delivery-store.js";
import { A_WEEK, readClaim, toMilliseconds, toText } from "./entry.js";

/** Runs one statement on Postgres with the values of `$1`, `$2` and so on, and gives its rows. */
export type RunQuery = (
  text: string,
  values: (string | number)[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** How a {@link createPostgresStore} keeps what it remembers. */
export interface PostgresStoreOptions {
  /**
   * The name of its table, also with that of its schema: `hooks.deliveries`.
   *
   * @default "linq_webhook_deliveries"
   */
  table?: string | undefined;
  /**
   * How long to remember that an event was handled, in ms, unless the receiver's `completedTtl` says it.
   *
   * @default 604_800_000 (7 days)
   */
  remember?: number | undefined;
}

/** A {@link DeliveryStore} on Postgres. */
export interface PostgresStore extends DeliveryStore {
  /**
   * The SQL that makes its table; it does nothing where there is one, and several may run it at once. It
   * is several statements, to be run as one text without values.
   */
  readonly migration: string;
  /** Deletes what has run out, which is never needed, and saves room. @returns how much that was. */
  readonly purge: () => Promise<number>;
}

const NAME = /^[A-Za-z_]\w{0,62}(\.[A-Za-z_]\w{0,62})?$/;

/** Of Postgres: there is no such table. */
const UNDEFINED_TABLE = "42P01";

/**
 * Makes a {@link DeliveryStore} on Postgres: one statement an operation, by the server's clock, with
 * nothing that a connection has to remember, so that poolers in transaction mode do. Run its `migration`
 * once.
 *
 * @param query - runs a statement with the client that you have; no client is imported here.
 * @throws {InvalidInputError} when `query` is no function, or an option is not usable.
 *
 * @example
 * ```ts
 * const pool = new Pool(); // pg
 * const store = createPostgresStore(async (text, values) => (await pool.query(text, values)).rows);
 * ```
 */
export function createPostgresStore(
  query: RunQuery,
  options: PostgresStoreOptions = {},
): PostgresStore {
  const own = checkKeys("options", options, ["table", "remember"]);
  const { table = "linq_webhook_deliveries", remember = A_WEEK } = own;
  if (typeof query !== "function") {
    throw new InvalidInputError("query", "a function that runs a statement, `(text, values) => …`");
  }
  if (typeof table !== "string" || !NAME.test(table)) {
    throw new InvalidInputError("table", 'a plain name such as "deliveries" or "hooks.deliveries"');
  }
  checkPositive({ remember });
  const sql = statementsOf(table);

  async function run(
    text: string,
    ...values: (string | number)[]
  ): Promise<Readonly<Record<string, unknown>>> {
    let rows: unknown;
    try {
      rows = await query(text, values);
    } catch (cause) {
      if (!isMissingTable(cause)) throw cause;
      throw new InvalidInputError(
        "table",
        `there, and there is no ${table}: run the store's \`migration\``,
        { cause },
      );
    }
    if (Array.isArray(rows)) return (rows[0] ?? {}) as Readonly<Record<string, unknown>>;
    throw new InvalidInputError("query", `a function that gives an array of rows: ${HINT}`);
  }

  return {
    remember,
    migration: sql.migration,
    claim: async (key, { owner, ttl }) => {
      const { claim } = await run(sql.claim, toText(key), owner, toMilliseconds(ttl));
      return readClaim(claim, "query", HINT);
    },
    complete: (key, { owner, ttl }) => run(sql.complete, toText(key), owner, toMilliseconds(ttl)),
    release: (key, { owner }) => run(sql.release, toText(key), owner),
    purge: async () => Number((await run(sql.purge))["count"]),
  };
}

const HINT = "with pg, `(await pool.query(text, values)).rows`";

/** Drivers hand on the code of Postgres; what wraps them may hide it in a cause. */
function isMissingTable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 3) return false;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return code === UNDEFINED_TABLE || isMissingTable(cause, depth + 1);
}

/** Its owner has a claim; without an owner, it has been handled. */
function statementsOf(
  table: string,
): Record<"migration" | "claim" | "complete" | "release" | "purge", string> {
  const name = table.replace(/\w+/g, '"$&"');
  const index = `"${table.replace(/^\w+\./, "").slice(0, 50)}_expires_at"`;
  const free = "entry.owner = excluded.owner OR entry.expires_at <= statement_timestamp()";
  const until = "clock_timestamp() + $3::float8 * interval '1 millisecond'";
  return {
    // Two that make a table at once would else fail each other, whatever it says.
    migration: `SELECT pg_advisory_xact_lock(hashtextextended('linq-webhooks migration', 0));
CREATE TABLE IF NOT EXISTS ${name} (
  key text COLLATE "C" PRIMARY KEY,
  owner text,
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS ${index} ON ${name} (expires_at);`,
    // It always writes, so that what it gives is the row as it is, also if it has just come or gone.
    claim: `INSERT INTO ${name} AS entry (key, owner, expires_at) VALUES ($1::text, $2::text, ${until})
ON CONFLICT (key) DO UPDATE SET
  owner = CASE WHEN ${free} THEN excluded.owner ELSE entry.owner END,
  expires_at = CASE WHEN ${free} THEN excluded.expires_at ELSE entry.expires_at END
RETURNING CASE WHEN owner = $2::text THEN 'claimed' WHEN owner IS NULL THEN 'completed' ELSE 'pending' END AS claim`,
    complete: `INSERT INTO ${name} AS entry (key, expires_at) VALUES ($1::text, ${until})
ON CONFLICT (key) DO UPDATE SET owner = NULL, expires_at = excluded.expires_at
WHERE entry.owner = $2::text`,
    release: `DELETE FROM ${name} WHERE key = $1::text AND owner = $2::text`,
    purge: `WITH gone AS (DELETE FROM ${name} WHERE expires_at <= clock_timestamp() RETURNING key)
SELECT count(*)::int AS count FROM gone`,
  };
}
