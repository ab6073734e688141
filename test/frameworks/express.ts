import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

/** What the tests use of Express, which brings no types. */
type Express = (() => Application) &
  Readonly<Record<"json" | "raw" | "text" | "urlencoded", (options?: object) => Middleware>>;

type Application = RequestListener & {
  readonly use: (middleware: Middleware) => Application;
  readonly post: (path: string, handler: Middleware) => Application;
};

// As a string of no value known to the compiler, which would look for the types that are missing.
const name = "express" as string;

export const { default: express } = (await import(name)) as { readonly default: Express };
