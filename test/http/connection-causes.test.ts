import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import { LinqConnectionError } from "../../src/index.js";
import { closedUrl, startServer, startSocketServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";
import { createTestClock } from "../support/test-clock.js";

const listFrom = (baseUrl: string): Promise<unknown> =>
  composeClient({ baseUrl, maxRetries: 0 }, createTestClock()).webhookSubscriptions.list();

const listThrough = (fetch: typeof globalThis.fetch): Promise<unknown> =>
  composeClient({ fetch, maxRetries: 0 }, createTestClock()).webhookSubscriptions.list();

/** JavaScript can throw a value that is not an error. */
const asError = (value: unknown): Error => value as Error;

const withCode = (name: string, message: string, code: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { name, code });

const failed = (cause: unknown): Error => new TypeError("fetch failed", { cause });

/** The error of a failed call, which must be a LinqConnectionError. */
async function failureOf(call: Promise<unknown>): Promise<LinqConnectionError> {
  const error = await rejectionOf(call);
  if (error instanceof LinqConnectionError) return error;
  throw new Error("expected a LinqConnectionError", { cause: error });
}

describe("over real sockets", () => {
  it("reports ECONNREFUSED for a port where nothing listens", async () => {
    const error = await failureOf(listFrom(await closedUrl()));
    expect(error.systemCode).toBe("ECONNREFUSED");
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it("reports ECONNRESET for a connection that is reset before an answer", async () => {
    const { url } = await startSocketServer((socket) => socket.resetAndDestroy());
    const error = await failureOf(listFrom(url));
    expect(error.systemCode).toBe("ECONNRESET");
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it("reports Node's code for a connection that is reset within an answer", async () => {
    const { url } = await startServer((_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"webhook', () => response.socket?.resetAndDestroy());
    });
    const error = await failureOf(listFrom(url));
    expect(error.systemCode).toMatch(/^(ECONNRESET|UND_ERR_SOCKET)$/);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it("reports UND_ERR_SOCKET for a connection that closes without an answer", async () => {
    const { url } = await startSocketServer((socket) => socket.end());
    const error = await failureOf(listFrom(url));
    expect(error.systemCode).toBe("UND_ERR_SOCKET");
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it.each([
    ["an answer that is not HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a status that is not a number", "HTTP/1.1 abc OK\r\n\r\n"],
    ["a header with a control character", "HTTP/1.1 200 OK\r\nX-A: \u0001\u0000\r\n\r\n"],
    [
      "a body that is longer than it says and does not end",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    [
      "a body that is not compressed as it says",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    ],
  ])("treats %s as a connection error", async (_what, answer) => {
    const { url } = await startSocketServer((socket) => socket.end(answer));
    const error = await failureOf(listFrom(url));
    expect(error.systemCode).toMatch(/^(UND_ERR|HPE|Z)_/);
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});

it.each<[code: string, error: Error]>([
  [
    "ENOTFOUND",
    failed(
      Object.assign(withCode("Error", "getaddrinfo ENOTFOUND x.invalid", "ENOTFOUND"), {
        errno: -3008,
        syscall: "getaddrinfo",
        hostname: "x.invalid",
      }),
    ),
  ],
  ["EAI_AGAIN", failed(withCode("Error", "getaddrinfo EAI_AGAIN x.invalid", "EAI_AGAIN"))],
  ["EPIPE", failed(withCode("Error", "write EPIPE", "EPIPE"))],
  ["ETIMEDOUT", failed(withCode("Error", "read ETIMEDOUT", "ETIMEDOUT"))],
  ["CERT_HAS_EXPIRED", failed(withCode("Error", "certificate has expired", "CERT_HAS_EXPIRED"))],
  ["UND_ERR_SOCKET", failed(withCode("SocketError", "other side closed", "UND_ERR_SOCKET"))],
  [
    "UND_ERR_CONNECT_TIMEOUT",
    failed(withCode("ConnectTimeoutError", "Connect Timeout Error", "UND_ERR_CONNECT_TIMEOUT")),
  ],
  [
    "UND_ERR_HEADERS_TIMEOUT",
    failed(withCode("HeadersTimeoutError", "Headers Timeout Error", "UND_ERR_HEADERS_TIMEOUT")),
  ],
  [
    "UND_ERR_BODY_TIMEOUT",
    new TypeError("terminated", {
      cause: withCode("BodyTimeoutError", "Body Timeout Error", "UND_ERR_BODY_TIMEOUT"),
    }),
  ],
  [
    "ECONNRESET",
    failed(
      withCode("SocketError", "closed", "UND_ERR_SOCKET", withCode("Error", "reset", "ECONNRESET")),
    ),
  ],
  [
    "ECONNREFUSED",
    failed(
      Object.assign(
        new AggregateError([
          withCode("Error", "connect ECONNREFUSED ::1:80", "ECONNREFUSED"),
          withCode("Error", "connect ECONNREFUSED 127.0.0.1:80", "ECONNREFUSED"),
        ]),
        { code: "ECONNREFUSED" },
      ),
    ),
  ],
  [
    "EHOSTUNREACH",
    failed(new AggregateError([withCode("Error", "connect EHOSTUNREACH", "EHOSTUNREACH")])),
  ],
])("reports %s from an error that Node wraps", async (code, cause) => {
  const error = await failureOf(listThrough(() => Promise.reject(cause)));
  expect(error.systemCode).toBe(code);
  expect(error.cause).toBe(cause);
});

it.each([
  ["Chrome", new TypeError("Failed to fetch")],
  ["Safari", new TypeError("Load failed")],
  ["Firefox", new TypeError("NetworkError when attempting to fetch resource.")],
  ["a fetch that was aborted by somebody else", new DOMException("Aborted", "AbortError")],
])("has no code for the failure of %s, which carries none", async (_who, cause) => {
  const error = await failureOf(listThrough(() => Promise.reject(cause)));
  expect(error.systemCode).toBeUndefined();
  expect(error.message).not.toContain("undefined");
  expect(error.cause).toBe(cause);
});

it.each<[what: string, fetch: () => unknown]>([
  [
    "throws synchronously",
    () => {
      throw new TypeError("Invalid URL");
    },
  ],
  ["rejects with text", () => Promise.reject(asError("offline"))],
  ["rejects with nothing", () => Promise.reject(asError(undefined))],
  ["returns nothing", () => undefined],
  ["returns something other than a response", () => Promise.resolve({ status: 200 })],
  [
    "returns a response that has been read",
    async () => {
      const response = new Response("[]");
      await response.text();
      return response;
    },
  ],
])("treats a fetch that %s as a failed connection", async (_what, fetch) => {
  // What a JavaScript caller may pass.
  const error = await failureOf(listThrough(fetch as typeof globalThis.fetch));
  expect(error.systemCode).toBeUndefined();
});
