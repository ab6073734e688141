import { LinqError } from "./linq-error.js";

/** No subscription with this id exists, or none that is active at this URL, or the token cannot see it. */
export class SubscriptionNotFoundError extends LinqError {
  readonly code = "not_found";
  /** The id that was looked for; undefined where it was a URL. */
  readonly id: number | undefined;
  /** The URL that was looked for, with what lets people in masked; undefined where it was an id. */
  readonly webhookUrl: string | undefined;

  /**
   * @param wanted An id, or a URL.
   * @internal
   */
  constructor(wanted: number | string, options?: ErrorOptions) {
    const isId = typeof wanted === "number";
    const kind = isId ? "webhook subscription" : "active webhook subscription to";
    super(
      `there is no ${kind} ${wanted} that this token can see; \`list()\` shows which exist`,
      options,
    );
    if (isId) this.id = wanted;
    else this.webhookUrl = wanted;
  }
}

SubscriptionNotFoundError.prototype.name = "SubscriptionNotFoundError";
