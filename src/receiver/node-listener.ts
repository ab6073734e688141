import { checkSize } from "./check-size.js";
import { HANG_UP, type Intake, ONLY_POST, type Read } from "./intake.js";
import { readStream } from "./read-stream.js";
import type { Deadline } from "./timer.js";
import { toBytes } from "./to-bytes.js";

/**
 * Answers a request of `node:http`, Express or Connect without creating a `Request` and a `Response`.
 * Its parameter types list only the members that it uses, so that no types of Node are imported.
 */
export type NodeListener = (
  request: {
    readonly method?: string | undefined;
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
    /** Whether other code has read part of it. */
    readonly readableDidRead?: boolean;
    /** The result of a body parser. */
    readonly body?: unknown;
    readonly on: (event: string, listener: (chunk: unknown) => void) => unknown;
    readonly pause: () => unknown;
  },
  response: {
    statusCode: number;
    readonly headersSent: boolean;
    readonly setHeader: (name: string, value: string) => unknown;
    readonly end: (text: string) => unknown;
  },
) => void;

type NodeRequest = Parameters<NodeListener>[0];
type NodeResponse = Parameters<NodeListener>[1];

/** Creates a {@link NodeListener}. */
export function createNodeListener(take: Intake, maxBytes: number): NodeListener {
  return (request, response) => {
    if (request.method !== "POST") {
      answer(response, ONLY_POST);
      return;
    }
    let isUnread = true;
    const read: Read = async (due) => {
      const bytes = await readRequest(request, maxBytes, due);
      isUnread = false;
      return bytes;
    };
    void take(request.headers, read, {}).then(({ status, body }) => {
      answer(response, { status, body, headers: isUnread ? HANG_UP : {} });
    });
  };
}

function readRequest(
  request: NodeRequest,
  maxBytes: number,
  due: Deadline["due"],
): Uint8Array | Promise<Uint8Array> {
  if (!request.readableDidRead) {
    checkSize(Number(request.headers["content-length"]), maxBytes);
    return readStream(request, maxBytes, due());
  }
  // A parser may have left the raw bytes. `null` in place of undefined says that they are used up.
  const bytes = toBytes(request.body ?? null);
  checkSize(bytes.length, maxBytes);
  return bytes;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function answer(response: NodeResponse, { status, body, headers }: Answer): void {
  // Other code has answered, such as a timeout middleware.
  if (response.headersSent) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body !== "") response.setHeader("content-type", "text/plain;charset=UTF-8");
  response.end(body);
}
