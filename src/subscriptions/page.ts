import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import { findSigns, type Total } from "./signs-of-more.js";
import { readRows, type WebhookSubscription } from "./subscription.js";

/** What one answer to a list request holds. */
export interface Page {
  readonly subscriptions: WebhookSubscription[];
  /** How many pages there are. */
  readonly pages: number;
  /** How many subscriptions there are on all pages, if the answer says so. */
  readonly total: Total | undefined;
  readonly answer: Answer;
}

/** The member of the body that holds the rows. */
const LIST = "webhook_subscriptions";

/**
 * Reads one answer to a list request. The list has no documented pages, but other lists of the API
 * have, with `meta: { page, total_pages, total_count }`. Pages of that form can be followed; any
 * other sign that the list goes on is an error, since a part must not be taken for the whole. What
 * counts as a sign, and what an answer can say against it, is told at {@link findSigns}.
 *
 * @throws {InvalidResponseError} for what is not a list, or has pages that cannot be followed.
 */
export function readPage(answer: Answer, number: number): Page {
  if (answer.status !== 200) {
    throw answer.invalid(
      "status",
      "200, since no other status says that the list is whole; nothing was decided on it",
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
    const expected = page === number ? "a number" : `${number}, the page that was asked for`;
    throw answer.invalid(field, `${expected}; nothing was decided on a part of the list`);
  }
  const pages = canFollow ? Math.max(1, total_pages) : 1;
  const { headers } = answer;
  const { more, total } = findSigns({
    ...{ envelope, list: LIST, headers },
    ...{ rows: list.length, page: number, pages },
  });
  if (more) throw answer.invalid(more.field, more.expected);
  return { subscriptions, pages, total, answer };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
