/**
 * Runs a program of a manual in its own process. Whatever port it listens on, it gets a free one on
 * loopback, and reports it to its parent. A program that only exports a function is called as its
 * platform would.
 */
import { type AddressInfo, Server } from "node:net";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { createRequestListener } from "@remix-run/node-fetch-server";

/** The exports of programs that do not listen themselves. */
interface Exports {
  /** Of a route handler of Next. */
  readonly POST?: (request: Request, context: object) => Promise<Response>;
  /** Of a function of AWS Lambda. */
  readonly handler?: (event: object) => Promise<{ statusCode: number; body: string }>;
  /** Of a worker of Cloudflare. */
  readonly default?: {
    fetch: (request: Request, env: object, context: object) => Promise<Response>;
  };
}

type Answer = (request: Request) => Promise<Response>;

// It is called with the server as `this` below.
// eslint-disable-next-line @typescript-eslint/unbound-method
const { listen } = Server.prototype;

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  const callback = args.find((arg): arg is () => void => typeof arg === "function");
  this.once("listening", () => {
    // The address is a string only for pipes, and null only before listening.
    process.send?.((this.address() as AddressInfo).port);
  });
  return Reflect.apply(listen, this, [0, "127.0.0.1", callback]) as Server;
};

const [, , program = ""] = process.argv;
// The programs of the manuals export what is described above, if anything.
const exports = (await import(pathToFileURL(program).href)) as Exports;
const answer = answerOf(exports);
if (answer) createServer(createRequestListener(answer)).listen();

function answerOf({ POST, handler, default: worker }: Exports): Answer | undefined {
  if (POST) return (request) => POST(request, { params: Promise.resolve({}) });
  if (worker) return (request) => worker.fetch(request, {}, { waitUntil: () => undefined });
  return handler && ((request) => invoke(handler, request));
}

/** Calls it with an event of the form that function URLs and HTTP APIs have. */
async function invoke(
  handler: NonNullable<Exports["handler"]>,
  request: Request,
): Promise<Response> {
  const isBase64Encoded = new URL(request.url).searchParams.has("base64");
  const body = Buffer.from(await request.arrayBuffer());
  const { statusCode, body: text } = await handler({
    version: "2.0",
    headers: Object.fromEntries(request.headers),
    // An empty body is left out.
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
    isBase64Encoded,
  });
  return new Response(text, { status: statusCode });
}
