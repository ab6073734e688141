/**
 * How the API behaves where its behaviour is not documented. Each switch has all plausible behaviours, so
 * that a client can be tested with each of them. The defaults are guesses.
 */
export interface SandboxSwitches {
  /**
   * A PUT without `secret` keeps the stored secret (`"keep"`), or deletes it, so that `secret_configured`
   * becomes false (`"clear"`).
   *
   * @default "keep"
   */
  readonly putWithoutSecret: "keep" | "clear";
  /**
   * A PUT without `active` leaves `active` unchanged (`"keep"`), or makes the subscription active
   * (`"activate"`).
   *
   * @default "keep"
   */
  readonly putWithoutActive: "keep" | "activate";
  /**
   * Whether a subscription that is created without `active` is active.
   *
   * @default true
   */
  readonly activeDefault: boolean;
  /**
   * Whether the deliveries of one event to several subscriptions have the same `event_id` (`"same"`), or
   * each has its own (`"different"`).
   *
   * @default "same"
   */
  readonly twinEventIds: "same" | "different";
  /**
   * A creation of a duplicate, which would deliver an event to a URL a second time, is accepted
   * (`"accept"`), as the vendor's page says, or answered with 409 or 422.
   *
   * @default "accept"
   */
  readonly twins: "accept" | "409" | "422";
  /**
   * The number of subscriptions on a page of the list; undefined for a list without pages. A list with
   * more subscriptions has pages, of which `?page=1` is the first, and
   * `meta: { page, total_pages, total_count, per_page }`. A request for a page always gets a page.
   *
   * @default undefined
   */
  readonly pageSize: number | undefined;
  /**
   * How far the list lags behind, in ms of the clock `now`. All other operations see the current state.
   * The fault `freeze` freezes the list completely.
   *
   * @default 0
   */
  readonly listLag: number;
  /**
   * Returns the URL to store for the URL in a request, to imitate, for example, a server that appends a
   * slash.
   *
   * @default the same URL
   */
  readonly storedUrl: (webhookUrl: string) => string;
  /**
   * Returns the events to store for the events in a request, to imitate, for example, a server that drops
   * one.
   *
   * @default the same events
   */
  readonly storedEvents: (events: readonly string[]) => readonly string[];
  /**
   * A DELETE removes the subscription at once (`"now"`), makes it inactive but leaves it in the list
   * (`"soft"`), or removes it later; until then it delivers. The answer is always 204.
   *
   * @default "now"
   */
  readonly deletion:
    | "now"
    | "soft"
    | {
        /** How many further requests are processed before it is removed. */
        readonly afterRequests: number;
      };
  /**
   * A DELETE of an id that does not exist is answered with 404, or with 204 as if it had existed. A PUT is
   * always answered with 404, and so is an id that is not an integer.
   *
   * @default "404"
   */
  readonly missingId: "404" | "204";
  /**
   * A create or update with an unknown event name, or with a webhook URL that is not an absolute http(s)
   * URL, is answered with 422 (`"refuse"`), or stored unchanged (`"accept"`).
   *
   * @default "refuse"
   */
  readonly invalidInput: "refuse" | "accept";
  /**
   * The body of an error: `{ status, error_code, message, errors: ["…"] }` (`"flat"`), or
   * `{ errors: [{ status, code, title, detail }] }` (`"list"`).
   *
   * @default "flat"
   */
  readonly errorShape: "flat" | "list";
  /**
   * A body with the fields of a subscription at its top level, not inside `webhook_subscription`, is
   * answered with 422 (`"refuse"`), or accepted (`"accept"`).
   *
   * @default "refuse"
   */
  readonly unwrappedBody: "refuse" | "accept";
  /**
   * The language or framework whose encoder the JSON of deliveries imitates. The signature is that of the
   * sent bytes, so a receiver that parses the body and serializes it again before it verifies it fails.
   *
   * @default "javascript"
   */
  readonly bodySpelling: "javascript" | "rails" | "php" | "python";
  /**
   * How many further attempts follow a delivery that is not answered with 2xx within 10 s. They come
   * after 1 s, 2 s, 4 s and so on (by the option `sleep`), and stop when the subscription no longer
   * includes the event.
   *
   * @default 0
   */
  readonly redelivery: number;
  /**
   * How many requests are admitted within a second of the clock `now`; others are answered with 429.
   * Undefined for no limit.
   *
   * @default undefined
   */
  readonly rateLimit: number | undefined;
  /**
   * The seconds in the `Retry-After` header of a 429, unless its fault has its own `retryAfter`. Undefined
   * for no header.
   *
   * @default undefined
   */
  readonly retryAfter: number | undefined;
}

export const DEFAULT_SWITCHES: SandboxSwitches = {
  putWithoutSecret: "keep",
  putWithoutActive: "keep",
  activeDefault: true,
  twinEventIds: "same",
  twins: "accept",
  pageSize: undefined,
  listLag: 0,
  storedUrl: (webhookUrl) => webhookUrl,
  storedEvents: (events) => events,
  deletion: "now",
  missingId: "404",
  invalidInput: "refuse",
  errorShape: "flat",
  unwrappedBody: "refuse",
  bodySpelling: "javascript",
  redelivery: 0,
  rateLimit: undefined,
  retryAfter: undefined,
};
