import type { SandboxSubscription } from "./store.js";

/** What the other lists of the API say of their pages. */
interface PageMeta {
  readonly page: number;
  readonly total_pages: number;
  readonly total_count: number;
  readonly per_page: number;
}

/** The body of a list. */
interface List {
  webhook_subscriptions: SandboxSubscription[];
  meta?: PageMeta;
}

/**
 * The body of a list: whole without a page size, or as long as it fits on one page and none is asked
 * for. A page that is no number from 1 up is the first one; behind the last one there is nothing.
 */
export function paginate(
  subscriptions: SandboxSubscription[],
  pageSize: number | undefined,
  askedPage: string | null,
): List {
  if (pageSize === undefined || (subscriptions.length <= pageSize && askedPage === null)) {
    return { webhook_subscriptions: subscriptions };
  }
  const page = /^[1-9]\d*$/.test(askedPage ?? "") ? Number(askedPage) : 1;
  const start = (page - 1) * pageSize;
  return {
    webhook_subscriptions: subscriptions.slice(start, start + pageSize),
    meta: {
      page,
      total_pages: Math.max(1, Math.ceil(subscriptions.length / pageSize)),
      total_count: subscriptions.length,
      per_page: pageSize,
    },
  };
}
