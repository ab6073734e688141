import { BASE_URL, type EventName } from "../generated/constants.js";
import type { Attempt } from "./errors/request-error.js";
import { InvalidInputError } from "./errors/invalid-input-error.js";
import type { LinqApi } from "./http/api.js";
import { parseBaseUrl } from "./http/base-url.js";
import { checkLimits } from "./http/call-options.js";
import { checkPositive } from "./checks/check-positive.js";
import { checkFunctions } from "./checks/check-functions.js";
import { checkToken } from "./checks/check-secret.js";
import { checkFlag, checkKeys } from "./checks/check-keys.js";
import { type Clock, systemClock } from "./http/clock.js";
import { createHttp } from "./http/http.js";
import { defaultLock, type Lock } from "./subscriptions/lock.js";
import { createRequests } from "./subscriptions/requests.js";
import { createWebhookSubscriptions } from "./subscriptions/create-webhook-subscriptions.js";
import type { WebhookSubscriptions } from "./subscriptions/webhook-subscriptions.js";

/** Options of {@link createLinqClient}. */
export interface LinqClientOptions {
  /**
   * The integration token, sent as `X-LINQ-INTEGRATION-TOKEN`, or a function that returns it before each
   * request. Leave it out behind a proxy that adds it. The type accepts `undefined`, so that
   * `process.env.LINQ_INTEGRATION_TOKEN` compiles; at run time an explicit `undefined` throws an
   * {@link InvalidInputError}.
   */
  token?: string | (() => string | Promise<string>) | undefined;
  /**
   * The address of the API, with an optional path prefix. `http:` is allowed only on loopback, unless
   * `allowInsecureHttp` is set.
   *
   * @default "https://api.linqapp.com"
   */
  baseUrl?: string | undefined;
  /**
   * Allows an `http:` URL that is not on loopback, such as that of a sandbox in another container.
   * Anybody on the network path can read the token.
   *
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
  /**
   * The largest answer that the client accepts, in bytes.
   *
   * @default 10_485_760 (10 MiB)
   */
  maxAnswerBytes?: number | undefined;
  /**
   * Sends the requests instead of the runtime's own `fetch`.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * How long one attempt at a request may take, in ms, to the last byte of its answer.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * How long one call may take, in ms, including all requests, retries and waits.
   *
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /**
   * How often the client sends a request again after a temporary failure. It sends a POST again only if
   * the server has certainly not carried it out.
   *
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Runs `create`, `ensure`, `rotateSecret` and `removeDuplicates` one at a time for each URL. The guard
   * needs no lock, but a lock that spans your machines saves the detour of creating a duplicate and
   * deleting it again.
   *
   * @default one at a time in this process, and across tabs and workers with the Web Locks API
   */
  lock?: Lock | undefined;
  /** Is called after every attempt at a request. An error that it throws is ignored. */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
  /**
   * Accepts event names that the specification does not list, such as events that the API has gained
   * since this version of the library.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
  /**
   * Allows a token in a browser page, where anybody who opens the page can read it.
   *
   * @default false
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** A client of the Linq Partner API v2. */
export interface LinqClient<Name extends string = EventName> {
  /** The webhook subscriptions, under the duplicate guard. */
  readonly webhookSubscriptions: WebhookSubscriptions<Name>;
  /**
   * The typed client of openapi-fetch for every path of the specification. It uses the same transport
   * (token, timeouts, no redirects) but not the guard, and does not throw for a status that is not 2xx.
   */
  readonly api: LinqApi;
}

const OPTIONS = [
  "token",
  "baseUrl",
  "allowInsecureHttp",
  "maxAnswerBytes",
  "fetch",
  "timeout",
  "totalTimeout",
  "maxRetries",
  "lock",
  "onAttempt",
  "allowUnknownEvents",
  "dangerouslyAllowBrowser",
] as const satisfies (keyof LinqClientOptions)[];

/**
 * Creates a client. It sends nothing before a method is called.
 *
 * @throws {InvalidInputError} when an option is not usable.
 *
 * @example
 * ```ts
 * const linq = createLinqClient({ token: () => readToken() });
 * await linq.webhookSubscriptions.ensure({
 *   webhook_url: "https://example.com/hook",
 *   events: ["message.received"],
 * });
 * ```
 */
export function createLinqClient(
  options: LinqClientOptions & { allowUnknownEvents: true },
): LinqClient<EventName | (string & {})>;
export function createLinqClient(options?: LinqClientOptions): LinqClient;
export function createLinqClient(options: LinqClientOptions = {}): LinqClient<string> {
  return composeClient(options, systemClock);
}

/** {@link createLinqClient} with a replaceable clock, for tests. */
export function composeClient(options: LinqClientOptions, clock: Clock): LinqClient<string> {
  const own = checkKeys("options", options, OPTIONS);
  const { token, fetch, lock = defaultLock, onAttempt, baseUrl = BASE_URL } = own;
  const isBrowserAllowed = checkFlag("dangerouslyAllowBrowser", own.dangerouslyAllowBrowser);
  if ("token" in own) checkTokenOption(token, isBrowserAllowed);
  checkFunctions({ fetch, lock, onAttempt });
  const { timeout = 30_000, totalTimeout = 120_000, maxRetries = 2 } = own;
  const limits = checkLimits({ timeout, totalTimeout, maxRetries });
  const { maxAnswerBytes = 10_485_760 } = own;
  checkPositive({ maxAnswerBytes });
  const allowUnknownEvents = checkFlag("allowUnknownEvents", own.allowUnknownEvents);

  const http = createHttp({
    baseUrl: parseBaseUrl(baseUrl, checkFlag("allowInsecureHttp", own.allowInsecureHttp)),
    maxAnswerBytes,
    limits,
    token,
    fetch,
    onAttempt,
    clock,
  });
  const context = { requests: createRequests(http), clock, lock };
  return {
    api: http.api,
    webhookSubscriptions: createWebhookSubscriptions(context, http.run, allowUnknownEvents),
  };
}

function checkTokenOption(token: unknown, isBrowserAllowed: boolean): void {
  if (token === undefined) {
    throw new InvalidInputError(
      "token",
      "set or left out (undefined often means an unset variable)",
    );
  }
  if (typeof token !== "function") checkToken(token);
  if ("document" in globalThis && !isBrowserAllowed) {
    throw new InvalidInputError(
      "token",
      "left out in a browser page, where everybody can read it: let a proxy on your server add it (or set `dangerouslyAllowBrowser`)",
    );
  }
}
