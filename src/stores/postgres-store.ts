import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { DeliveryStore } from "../receiver/delivery-store.js";
import { A_WEEK, readClaim, toMilliseconds, toText } from "./entry.js";

/** Runs one statement on Postgres with the values of `$1`, `$2` and so on, and returns its rows. */
export type RunQuery = (
  text: string,
  values: (string | number)[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** The options of {@link createPostgresStore}. */
export interface PostgresStoreOptions {
  /**
   * The name of its table, optionally with the name of its schema: `hooks.deliveries`.
   *
   * @default "linq_webhook_deliveries"
   */
  table?: string | undefined;
  /**
   * How long to remember that an event was handled, in ms, unless the receiver sets `completedTtl`.
   *
   * @default 604_800_000 (7 days)
   */
  remember?: number | undefined;
}

/** A {@link DeliveryStore} on Postgres. */
export interface PostgresStore extends DeliveryStore {
  /**
   * The SQL that creates its table. It does nothing if the table exists, and several processes may run it
   * at once. It has several statements; run it as one text without values.
   */
  readonly migration: string;
  /** Deletes expired rows to save space; it is never required. @returns how many rows it deleted. */
  readonly purge: () => Promise<number>;
}

const NAME = /^[A-Za-z_]\w{0,62}(\.[A-Za-z_]\w{0,62})?$/;

/** The error code of Postgres for a table that does not exist. */
const UNDEFINED_TABLE = "42P01";

/**
 * Creates a {@link DeliveryStore} on Postgres. Each operation is one statement, uses the server's clock,
 * and keeps no state in the connection, so a pooler in transaction mode works. Run its `migration` once.
 *
 * @param query - runs a statement with your client; this library imports no client.
 * @throws {InvalidInputError} when `query` is not a function, or an option is invalid.
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
        `an existing table, and ${table} does not exist: run the store's \`migration\``,
        { cause },
      );
    }
    if (Array.isArray(rows)) return (rows[0] ?? {}) as Readonly<Record<string, unknown>>;
    throw new InvalidInputError("query", `a function that returns an array of rows: ${HINT}`);
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

/** Drivers expose the error code of Postgres. A wrapper of a driver may have it in the `cause`. */
function isMissingTable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 3) return false;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return code === UNDEFINED_TABLE || isMissingTable(cause, depth + 1);
}

/** A row with an owner is a claim; a row without one means that the event was handled. */
function statementsOf(
  table: string,
): Record<"migration" | "claim" | "complete" | "release" | "purge", string> {
  const name = table.replace(/\w+/g, '"$&"');
  const index = `"${table.replace(/^\w+\./, "").slice(0, 50)}_expires_at"`;
  const free = "entry.owner = excluded.owner OR entry.expires_at <= statement_timestamp()";
  const until = "clock_timestamp() + $3::float8 * interval '1 millisecond'";
  return {
    // Without the lock, concurrent `CREATE TABLE` statements can fail, in spite of `IF NOT EXISTS`.
    migration: `SELECT pg_advisory_xact_lock(hashtextextended('linq-webhooks migration', 0));
CREATE TABLE IF NOT EXISTS ${name} (
  key text COLLATE "C" PRIMARY KEY,
  owner text,
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS ${index} ON ${name} (expires_at);`,
    // It always writes, so that it returns the current row, even if it has just been added or deleted.
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
