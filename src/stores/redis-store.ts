import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { DeliveryStore } from "../receiver/delivery-store.js";
import { A_WEEK, readClaim, toMilliseconds, toText } from "./entry.js";

/**
 * Runs a Lua script on Redis with these keys and arguments, and returns its result, as `EVAL` does. Each
 * script has one key, so it also runs on a cluster.
 */
export type RunScript = (script: string, keys: string[], args: string[]) => Promise<unknown>;

/** The options of {@link createRedisStore}. */
export interface RedisStoreOptions {
  /**
   * The prefix of its keys in Redis.
   *
   * @default "linq-webhooks:"
   */
  prefix?: string | undefined;
  /**
   * How long to remember that an event was handled, in ms, unless the receiver sets `completedTtl`.
   *
   * @default 604_800_000 (7 days)
   */
  remember?: number | undefined;
}

/** A value is `completed`, or `owner:` and the owner of the claim. Keys expire by the server's clock. */
const CLAIM = `
local value = redis.call('GET', KEYS[1])
if value == 'completed' then return 'completed' end
if value and value ~= ARGV[1] then return 'pending' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'claimed'`;

const COMPLETE = `
local value = redis.call('GET', KEYS[1])
if value and value ~= ARGV[1] then return 'other' end
redis.call('SET', KEYS[1], 'completed', 'PX', ARGV[2])
return 'done'`;

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'other' end
redis.call('DEL', KEYS[1])
return 'done'`;

/**
 * Creates a {@link DeliveryStore} on Redis, or on a server that supports its protocol and its scripts.
 * Each operation is one script, and therefore atomic.
 *
 * @param run - runs a script with your client; this library imports no client.
 * @throws {InvalidInputError} when `run` is not a function, or an option is invalid.
 *
 * @example
 * ```ts
 * const redis = new Redis(); // ioredis
 * const store = createRedisStore((script, keys, args) =>
 *   redis.eval(script, keys.length, ...keys, ...args),
 * );
 * ```
 */
export function createRedisStore(run: RunScript, options: RedisStoreOptions = {}): DeliveryStore {
  const own = checkKeys("options", options, ["prefix", "remember"]);
  const { prefix = "linq-webhooks:", remember = A_WEEK } = own;
  if (typeof run !== "function") {
    throw new InvalidInputError(
      "run",
      "a function that runs a script, `(script, keys, args) => …`",
    );
  }
  if (typeof prefix !== "string") throw new InvalidInputError("prefix", "a string");
  checkPositive({ remember });

  const call = (script: string, key: string, ...args: (string | number)[]): Promise<unknown> =>
    run(script, [prefix + toText(key)], args.map(String));
  return {
    remember,
    claim: async (key, { owner, ttl }) =>
      readClaim(
        toString(await call(CLAIM, key, `owner:${owner}`, toMilliseconds(ttl))),
        "run",
        HINT,
      ),
    complete: (key, { owner, ttl }) => call(COMPLETE, key, `owner:${owner}`, toMilliseconds(ttl)),
    release: (key, { owner }) => call(RELEASE, key, `owner:${owner}`),
  };
}

const HINT = "return the result of your client's `eval`";

/** Some clients return bytes. */
function toString(answer: unknown): unknown {
  return answer instanceof Uint8Array ? new TextDecoder().decode(answer) : answer;
}
