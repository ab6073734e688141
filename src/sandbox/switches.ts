/**
 * How the API behaves where nothing documents it. Each switch has every outcome that is to be
 * expected, so that a client can be tested under all of them; the defaults are guesses.
 */
export interface SandboxSwitches {
  /**
   * A PUT without `secret`: the stored one stays (`"keep"`), or it is gone and `secret_configured`
   * turns false (`"clear"`).
   *
   * @default "keep"
   */
  readonly putWithoutSecret: "keep" | "clear";
  /**
   * A PUT without `active`: the subscription stays as it is (`"keep"`), or becomes active
   * (`"activate"`).
   *
   * @default "keep"
   */
  readonly putWithoutActive: "keep" | "activate";
  /**
   * Whether a subscription that is created without `active` delivers.
   *
   * @default true
   */
  readonly activeDefault: boolean;
  /**
   * The `event_id` of the deliveries of one event to several subscriptions: one for all of them
   * (`"same"`), or one for each (`"different"`).
   *
   * @default "same"
   */
  readonly twinEventIds: "same" | "different";
  /**
   * A creation that would deliver an event a second time to a URL: taken (`"accept"`), as the vendor's
   * page says, or answered by 409 or 422.
   *
   * @default "accept"
   */
  readonly twins: "accept" | "409" | "422";
  /**
   * The list: whole (undefined), or, once it holds more subscriptions than this, in pages of this
   * size, `?page=1` being the first, with `meta: { page, total_pages, total_count, per_page }`. A
   * request that asks for a page gets one however few there are.
   *
   * @default undefined
   */
  readonly pageSize: number | undefined;
  /**
   * How old the list is, in ms by the option `now`. Everything else meets what there is. The fault
   * `freeze` stops the list altogether.
   *
   * @default 0
   */
  readonly listLag: number;
  /**
   * The URL that is stored in place of the one that was sent, as by a server that puts a slash behind
   * each.
   *
   * @default the same
   */
  readonly storedUrl: (webhookUrl: string) => string;
  /**
   * The events that are stored in place of those that were sent, as by a server that drops one.
   *
   * @default the same
   */
  readonly storedEvents: (events: readonly string[]) => readonly string[];
  /**
   * A DELETE: the subscription is gone (`"now"`), stays in the list as inactive (`"soft"`), or stays
   * and delivers for a while. It is answered by 204 under all.
   *
   * @default "now"
   */
  readonly deletion:
    | "now"
    | "soft"
    | {
        /** How many further requests are dealt with before it is gone. */
        readonly afterRequests: number;
      };
  /**
   * A DELETE of an id that does not exist is answered by 404, or by 204 as if it had. A PUT is
   * answered by 404 under both, as is an id that is no integer.
   *
   * @default "404"
   */
  readonly missingId: "404" | "204";
  /**
   * An unknown event name, or a webhook URL that is no absolute http(s) URL, on create and update:
   * answered by 422 (`"refuse"`), or stored as it is (`"accept"`).
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
   * A body with the fields of a subscription at its top, without `webhook_subscription` around them:
   * answered by 422 (`"refuse"`), or taken (`"accept"`).
   *
   * @default "refuse"
   */
  readonly unwrappedBody: "refuse" | "accept";
  /**
   * How the bodies of deliveries are written: as the encoder of this language or framework writes JSON.
   * What is signed is what is sent, so a receiver that parses and writes anew before it verifies fails.
   *
   * @default "javascript"
   */
  readonly bodySpelling: "javascript" | "rails" | "php" | "python";
  /**
   * How many more attempts a delivery gets that is not answered by 2xx within 10 s. They wait 1 s,
   * 2 s, 4 s and so on through the option `sleep`, and end when the subscription no longer asks for
   * the event.
   *
   * @default 0
   */
  readonly redelivery: number;
  /**
   * How many requests are let through within a second, by the option `now`; the others are answered by
   * 429. Undefined for all.
   *
   * @default undefined
   */
  readonly rateLimit: number | undefined;
  /**
   * The seconds in the `Retry-After` header of every 429 whose fault has no `retryAfter` of its own;
   * undefined for no such header.
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
