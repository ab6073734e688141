import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createLinqClient, InvalidResponseError } from "../../src/index.js";
import { readText } from "../../src/http/read-text.js";
import { startServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";

const CONTEXT = { method: "GET", path: "/", attempts: [] };

describe("the text of an answer", () => {
  it.each(["", "hello", "\ufeffhéllo 🏡", "x".repeat(100_000)])("is read: %j", async (text) => {
    const expected = await new Response(text).text();
    expect(await readText(new Response(text), 1_000_000, CONTEXT)).toBe(expected);
  });

  it("is complete wherever its chunks end", async () => {
    const bytes = new TextEncoder().encode("héllo 🏡");
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readText(new Response(stream), 100, CONTEXT)).toBe("héllo 🏡");
  });

  it("comes from `text()` where the runtime has no streams", async () => {
    const response = (text: string): Response =>
      ({
        status: 200,
        headers: new Headers(),
        body: undefined,
        text: () => Promise.resolve(text),
      }) as unknown as Response;
    expect(await readText(response("hello"), 5, CONTEXT)).toBe("hello");
    expect(await rejectionOf(readText(response("hello!"), 5, CONTEXT))).toBeInstanceOf(
      InvalidResponseError,
    );
  });
});

describe("an answer that never ends", () => {
  it.each([
    ["plain", {}, Buffer.from(" ".repeat(65_536))],
    ["compressed", { "content-encoding": "gzip" }, gzipSync(" ".repeat(50_000_000))],
  ])("is not read past `maxAnswerBytes`: %s", async (_how, headers, chunk) => {
    let written = 0;
    const { url, requests } = await startServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", ...headers });
      const write = async (): Promise<void> => {
        while (!response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk))
            await Promise.race([once(response, "drain"), once(response, "close")]);
          if (written > 100_000_000) return;
        }
      };
      write().catch(() => undefined);
    });
    const linq = createLinqClient({ baseUrl: url, maxAnswerBytes: 1_000_000 });
    const error = await rejectionOf(linq.webhookSubscriptions.list());
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(String(error)).toContain("must be at most 1,000,000 bytes; check `baseUrl`, or raise");
    expect(written).toBeLessThan(100_000_000);
    expect(requests).toHaveLength(1);
  });

  it.each([0, -1, NaN, "10"])("cannot be allowed by a `maxAnswerBytes` of %j", (maxAnswerBytes) => {
    const make = (): unknown => createLinqClient({ maxAnswerBytes: maxAnswerBytes as number });
    expect(make).toThrow("`maxAnswerBytes` must be");
  });
});

it("accepts `http:` to another machine only with `allowInsecureHttp`", async () => {
  const make = (options: object): unknown =>
    createLinqClient({ baseUrl: "http://sandbox:4010", ...options });
  expect(() => make({})).toThrow("unless `allowInsecureHttp` is set");
  expect(() => make({ allowInsecureHttp: "yes" })).toThrow("`allowInsecureHttp` must be");
  expect(() => make({ allowInsecureHttp: true })).not.toThrow();
  const seen: string[] = [];
  const linq = createLinqClient({
    baseUrl: "http://sandbox:4010",
    allowInsecureHttp: true,
    fetch: (input) => {
      seen.push(new Request(input).url);
      return Promise.resolve(Response.json({ webhook_subscriptions: [] }));
    },
  });
  await linq.webhookSubscriptions.list();
  expect(seen).toEqual(["http://sandbox:4010/api/partner/v2/webhook_subscriptions"]);
});
