import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import { findSigns, type Total } from "./signs-of-more.js";
import { readRows, type WebhookSubscription } from "./subscription.js";

/** One page of the list. */
export interface Page {
  readonly subscriptions: WebhookSubscription[];
  /** The number of pages. */
  readonly pages: number;
  /** The number of subscriptions on all pages, if the answer says so. */
  readonly total: Total | undefined;
  readonly answer: Answer;
}

/** The member of the body that holds the rows. */
const LIST = "webhook_subscriptions";

/**
 * Reads one answer to a list request. The specification documents no pages for this list, but other lists
 * of the API have them, with `meta: { page, total_pages, total_count }`. The client follows pages of this
 * form. Any other sign that the list continues is an error, because a partial list must not pass for a
 * complete one. {@link findSigns} describes these signs.
 *
 * @throws {InvalidResponseError} for an answer that is not a list, or whose pages cannot be followed.
 */
export function readPage(answer: Answer, number: number): Page {
  if (answer.status !== 200) {
    throw answer.invalid(
      "status",
      "200, because no other status means a complete list; the client does not act on it",
    );
  }
  const envelope = asRecord(answer.body);
  const list = envelope[LIST];
  if (!Array.isArray(list)) throw answer.invalid(LIST, "an array");
  const subscriptions = readRows(list, (field, expected) => answer.invalid(LIST + field, expected));

  const { page, total_pages } = asRecord(envelope["meta"]);
  const canFollow = page === number && isCount(total_pages);
  if (number > 1 && !canFollow) {
    const field = page === number ? "meta.total_pages" : "meta.page";
    const expected = page === number ? "a number" : `${number}, the requested page`;
    throw answer.invalid(field, `${expected}; the client does not act on a partial list`);
  }
  const pages = canFollow ? Math.max(1, total_pages) : 1;
  const { headers } = answer;
  const { more, total } = findSigns({
    envelope,
    list: LIST,
    headers,
    rows: list.length,
    page: number,
    pages,
  });
  if (more) throw answer.invalid(more.field, more.expected);
  return { subscriptions, pages, total, answer };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
