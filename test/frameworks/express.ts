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

// As a `string`, because the compiler would look for the missing types of a literal name.
const name = "express" as string;

export const { default: express } = (await import(name)) as { readonly default: Express };
