import type { SandboxSubscription } from "./store.js";

/** The page information that other lists of the API have. */
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
 * The body of a list. It has no pages without a page size, or if it fits on one page and the request
 * names no page. An invalid page number means the first page; pages after the last one are empty.
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
