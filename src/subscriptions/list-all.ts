import type { Page } from "./page.js";
import type { WebhookSubscription } from "./subscription.js";

/** How often a list in pages is read when it does not hold still. */
const MAX_READS = 6;

/**
 * Reads every page of the list. While pages are read one after the other, subscriptions may come and
 * go and move others across the border between two pages, unseen; so a list of more than one page
 * counts only when two readings of all of them in a row find the same ids. A reading counts only when
 * its pages agree on how many subscriptions there are, and as many have come, each once.
 *
 * @throws {InvalidResponseError} when the pages do not add up, or never hold still.
 */
export async function listAll(
  fetchPage: (number: number) => Promise<Page>,
): Promise<WebhookSubscription[]> {
  let idsBefore: string | undefined;
  for (let reads = 1; ; reads++) {
    let page = await fetchPage(1);
    const { total } = page;
    let subscriptions = page.subscriptions;
    // The first page decides: from the second one on, the pages are of different moments.
    const isPaged = page.pages > 1;
    let agree = true;
    for (let number = 2; number <= page.pages; number++) {
      page = await fetchPage(number);
      subscriptions = subscriptions.concat(page.subscriptions);
      agree &&= page.total?.number === total?.number;
    }
    const ids = new Set(subscriptions.map(({ id }) => id));
    const count = subscriptions.length;
    const isEachOnce = ids.size === count;
    const isWhole = isEachOnce && agree && (total?.number ?? count) === count;
    if (isWhole && !isPaged) return subscriptions;
    const idsNow = isWhole ? [...ids].sort((a, b) => a - b).join() : undefined;
    if (isWhole && idsNow === idsBefore) return subscriptions;
    if (!isPaged || reads === MAX_READS) {
      throw isEachOnce && total !== undefined && !isWhole
        ? page.answer.invalid(
            total.field,
            `the same on every page, and as many as came, which is ${count}; nothing was decided on a part of the list`,
          )
        : page.answer.invalid(
            "webhook_subscriptions",
            "each subscription once, and the same ones each time; nothing was decided on a part of the list",
          );
    }
    idsBefore = idsNow;
  }
}
