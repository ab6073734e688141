/** The methods of the four operations. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

const COLLECTION = "/api/partner/v2/webhook_subscriptions";

export interface Route {
  /** Undefined when there is no such operation. */
  readonly method: Method | undefined;
  readonly id: number | undefined;
}

/** Finds the operation of a request. */
export function readRoute(
  { method, path }: { readonly method: string; readonly path: string },
  basePath: string,
): Route {
  const collection = basePath + COLLECTION;
  if (path === collection) {
    return { method: method === "GET" || method === "POST" ? method : undefined, id: undefined };
  }
  const id = path.startsWith(`${collection}/`) ? path.slice(collection.length + 1) : "";
  if (!/^\d{1,15}$/.test(id)) return { method: undefined, id: undefined };
  return { method: method === "PUT" || method === "DELETE" ? method : undefined, id: Number(id) };
}
