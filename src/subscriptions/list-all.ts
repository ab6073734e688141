import type { Page } from "./page.js";
import type { WebhookSubscription } from "./subscription.js";

/** How often a list in pages is read if it keeps changing. */
const MAX_READS = 6;

/**
 * Reads every page of the list. If subscriptions are created or deleted between two pages, others may move
 * to a page that was already read. So a list of several pages counts only when two consecutive readings
 * find the same ids. A reading counts only when its pages agree on the total, and that many different
 * subscriptions arrive.
 *
 * @throws {InvalidResponseError} when the pages do not match the total, or keep changing.
 */
export async function listAll(
  fetchPage: (number: number) => Promise<Page>,
): Promise<WebhookSubscription[]> {
  let idsBefore: string | undefined;
  for (let reads = 1; ; reads++) {
    let page = await fetchPage(1);
    const { total } = page;
    let subscriptions = page.subscriptions;
    // The first page decides, because later pages are from different moments.
    const isPaged = page.pages > 1;
    let agree = true;
    for (let number = 2; number <= page.pages; number++) {
      page = await fetchPage(number);
      subscriptions = subscriptions.concat(page.subscriptions);
      agree &&= page.total?.number === total?.number;
    }
    const count = subscriptions.length;
    const isEachOnce = areDistinct(subscriptions);
    const isWhole = isEachOnce && agree && (total?.number ?? count) === count;
    if (isWhole && !isPaged) return subscriptions;
    const idsNow = isWhole
      ? idsOf(subscriptions)
          .sort((a, b) => a - b)
          .join()
      : undefined;
    if (isWhole && idsNow === idsBefore) return subscriptions;
    if (!isPaged || reads === MAX_READS) {
      throw isEachOnce && total !== undefined && !isWhole
        ? page.answer.invalid(
            total.field,
            `the same on every page, and equal to the ${count} subscriptions received; the client does not act on a partial list`,
          )
        : page.answer.invalid(
            "webhook_subscriptions",
            "each subscription once, and the same ones in each reading; the client does not act on a partial list",
          );
    }
    idsBefore = idsNow;
  }
}

function idsOf(subscriptions: readonly WebhookSubscription[]): number[] {
  return subscriptions.map(({ id }) => id);
}

/** Whether no id occurs twice. Ids in order need no `Set`, which takes long for a long list. */
function areDistinct(subscriptions: readonly WebhookSubscription[]): boolean {
  const isInOrder = subscriptions.every(
    ({ id }, index) => index === 0 || id > (subscriptions[index - 1]?.id ?? id),
  );
  return isInOrder || new Set(idsOf(subscriptions)).size === subscriptions.length;
}
