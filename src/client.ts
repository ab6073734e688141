import { BASE_URL, type EventName } from "../generated/constants.js";
import { InvalidInputError } from "./errors/invalid-input-error.js";
import type { LinqApi } from "./http/api.js";
import { parseBaseUrl } from "./http/base-url.js";
import { checkTimeout } from "./http/call.js";
import { checkFlag, checkKeys } from "./http/check-keys.js";
import { createHttp } from "./http/http.js";
import { sleep } from "./http/sleep.js";
import { checkToken, type Token } from "./http/token.js";
import { createRequests } from "./subscriptions/requests.js";
import {
  createWebhookSubscriptions,
  type WebhookSubscriptions,
} from "./subscriptions/webhook-subscriptions.js";

/** How a client reaches the API, and what it lets through. */
export interface LinqClientOptions {
  /**
   * The integration token, sent as `X-LINQ-INTEGRATION-TOKEN`, or a function that gets it before each
   * request. Leave it out behind a proxy that adds it.
   */
  token?: Token;
  /**
   * Where the API is, with an optional path prefix. `http:` is for loopback only.
   *
   * @default "https://api.linqapp.com"
   */
  baseUrl?: string | undefined;
  /**
   * Sends the requests, in place of the runtime's own `fetch`.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * How long one request may take, in ms, to the last byte of its answer.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * Lets events through that the specification does not list, for those that the API gains before
   * this library is generated anew.
   *
   * @default false
   */
  allowUnknownEvents?: boolean | undefined;
  /**
   * Allows a token in a browser page, where everybody who opens the page can read it.
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
   * openapi-fetch's typed client for every path of the specification, on the same transport (token,
   * time-outs, no redirects) and without the guard. It does not throw for a status that is not 2xx.
   */
  readonly api: LinqApi;
}

const OPTIONS = [
  "token",
  "baseUrl",
  "fetch",
  "timeout",
  "allowUnknownEvents",
  "dangerouslyAllowBrowser",
] as const satisfies (keyof LinqClientOptions)[];

/**
 * Makes a client. Nothing is sent before a method is called.
 *
 * @throws {InvalidInputError} when an option is not usable.
 *
 * @example
 * ```ts
 * const linq = createLinqClient({ token: process.env.LINQ_INTEGRATION_TOKEN });
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
  checkKeys("options", options, OPTIONS);
  const { token, fetch, baseUrl = BASE_URL, timeout = 30_000 } = options;
  const isBrowserAllowed = checkFlag("dangerouslyAllowBrowser", options.dangerouslyAllowBrowser);
  if ("token" in options) checkTokenOption(token, isBrowserAllowed);
  checkFetch(fetch);
  const http = createHttp({
    token,
    fetch,
    baseUrl: parseBaseUrl(baseUrl),
    timeout: checkTimeout("timeout", timeout),
  });
  return {
    api: http.api,
    webhookSubscriptions: createWebhookSubscriptions({
      requests: createRequests(http),
      startCall: http.startCall,
      allowUnknownEvents: checkFlag("allowUnknownEvents", options.allowUnknownEvents),
      sleep,
      random: Math.random,
    }),
  };
}

function checkTokenOption(token: unknown, isBrowserAllowed: boolean): void {
  if (typeof token !== "function") checkToken(token);
  if ("document" in globalThis && !isBrowserAllowed) {
    throw new InvalidInputError(
      "token",
      "left out in a browser page, where everybody can read it: let a proxy on your server add it (or set `dangerouslyAllowBrowser`)",
    );
  }
}

function checkFetch(fetch: unknown): void {
  if (fetch === undefined || typeof fetch === "function") return;
  throw new InvalidInputError("fetch", "a function like the runtime's own `fetch`");
}
