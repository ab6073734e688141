import { type OperationDescription, OPERATIONS } from "../../../generated/operations.js";
import { Refusal } from "./refusal.js";

type Operations = typeof OPERATIONS;

/** The name of an operation in the OpenAPI document. */
export type OperationId = keyof Operations;

/** The sandbox carries out the operations at and below this path. */
export const COLLECTION = "/api/partner/v2/webhook_subscriptions";

/** The name of an operation on webhook subscriptions; the document may also have other operations. */
export type OwnOperationId = {
  [Id in OperationId]: Operations[Id]["path"] extends
    typeof COLLECTION | `${typeof COLLECTION}/${string}`
    ? Id
    : never;
}[OperationId];

interface Route {
  readonly id: OperationId;
  readonly method: string;
  readonly segments: readonly string[];
}

/** An operation, and the parameters of its path as they are in the URL. */
export interface FoundOperation {
  readonly id: OperationId;
  readonly path: Record<string, string>;
}

/**
 * Finds the operation that a request calls. Paths must match exactly, including a trailing slash.
 *
 * @returns the operation; a 404 for a path that is not in the document, or a 405 for a method that the
 * path does not have.
 */
export function findOperation(method: string, { pathname }: URL): FoundOperation | Refusal {
  const segments = pathname.split("/");
  const candidates = ROUTES.flatMap((route) => {
    const path = matchSegments(route.segments, segments);
    return path ? [{ ...route, path }] : [];
  });
  const found = candidates.find((candidate) => candidate.method === method);
  if (found) return { id: found.id, path: found.path };
  if (candidates.length === 0) return new Refusal(404, `There is nothing at ${pathname}`);
  const allow = candidates.map((candidate) => candidate.method).join(", ");
  return new Refusal(405, `${method} is not allowed at ${pathname}, only ${allow}`, {
    headers: { allow },
  });
}

const ROUTES: readonly Route[] = Object.entries<OperationDescription>(OPERATIONS).map(
  ([id, { method, path }]) => ({
    id: id as OperationId, // Object.entries forgets the names of the keys.
    method,
    segments: path.split("/"),
  }),
);

function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== segment : segment === "") return undefined;
    if (name !== undefined) path[name] = decodeSegment(segment);
  }
  return path;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // A "%" that does not begin an escape is literal.
  }
}
