import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import { readSubscription, type WebhookSubscription } from "./subscription.js";

/** What one answer to a list request holds. */
export interface Page {
  readonly subscriptions: WebhookSubscription[];
  /** How many pages there are. */
  readonly pages: number;
  /** How many subscriptions there are on all pages, if the answer says so. */
  readonly total: number | undefined;
  readonly answer: Answer;
}

/** Members by which APIs say that a list goes on; `meta` is the one that Linq's other lists use. */
const PAGING =
  /^(meta|paging|pagination|pages?|page_?info|(per|current|last)_?page|total.*|count|limit|offset|.*next.*|.*cursor|has_?more|.*continuation.*|after|starting_?after|(is_?)?truncated|is_?last.*|_?links?)$/i;

/** Headers by which APIs say the same. */
const PAGING_HEADER = /^x-(total|next|page|per-page)/i;

/** A `Link` header that leads to a next page. */
const LINK_TO_NEXT = /\brel\s*=\s*("[^"]*\bnext\b|next\b)/i;

/**
 * Reads one answer to a list request. The list has no documented pages, but other lists of the API
 * have, with `meta: { page, total_pages, total_count }`. Pages of that form can be followed; any
 * other sign that the list goes on is an error, since a part must not be taken for the whole.
 *
 * @throws {InvalidResponseError} for what is not a list, or has pages that cannot be followed.
 */
export function readPage(answer: Answer, number: number): Page {
  const body = asRecord(answer.body);
  const list = body["webhook_subscriptions"];
  if (!Array.isArray(list)) throw answer.invalid("webhook_subscriptions", "an array");
  const subscriptions = list.map((value, index) =>
    readSubscription(value, (field, expected) =>
      answer.invalid(`webhook_subscriptions[${index}]${field}`, expected),
    ),
  );

  const hints = Object.keys(body).filter((key) => PAGING.test(key) && body[key] !== null);
  hints.push(...[...answer.headers.keys()].filter((name) => PAGING_HEADER.test(name)));
  if (LINK_TO_NEXT.test(answer.headers.get("link") ?? "")) hints.push("link");
  if (hints.length === 0 && number === 1) {
    return { subscriptions, pages: 1, total: undefined, answer };
  }
  const unknown = hints.find((hint) => hint !== "meta");
  const { page, total_pages, total_count } = asRecord(body["meta"]);
  if (unknown !== undefined || page !== number || !isCount(total_pages)) {
    throw answer.invalid(
      unknown ?? "meta",
      "meta with page and total_pages, or left out, since part of a list is no list",
    );
  }
  return {
    subscriptions,
    pages: total_pages,
    total: isCount(total_count) ? total_count : undefined,
    answer,
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
