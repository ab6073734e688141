import { LinqError } from "./linq-error.js";

/** No subscription has this id, or no active one has this URL, or the token cannot see it. */
export class SubscriptionNotFoundError extends LinqError {
  readonly code = "not_found";
  /** The requested id; undefined if the call requested a URL. */
  readonly id: number | undefined;
  /** The requested URL, with masked credentials; undefined if the call requested an id. */
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
