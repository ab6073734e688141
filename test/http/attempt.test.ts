import { describe, expect, it, vi } from "vitest";
import { TOKEN_HEADER } from "../../generated/constants.js";
import { createLinqClient, InvalidResponseError, LinqConnectionError } from "../../src/index.js";
import { observeFetch } from "../support/observed-fetch.js";
import { LIST, OPERATIONS } from "../support/operations.js";
import { startServer, startSocketServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";

const COLLECTION = "/api/partner/v2/webhook_subscriptions";

const ANSWER = JSON.stringify(LIST);

const { list, create } = OPERATIONS;

const answering = (): ReturnType<typeof observeFetch> =>
  observeFetch(({ method }) => {
    const { status, body } =
      Object.values(OPERATIONS).find((operation) => operation.method === method) ?? list;
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
  });

describe.each(Object.entries(OPERATIONS))("%s", (_name, { method, send }) => {
  it("sends the token and an Accept header, and disables caching and redirects", async () => {
    const { fetch, requests } = answering();
    await send({ token: "abc-token", fetch });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.method).toBe(method);
    expect(requests[0]?.headers.get(TOKEN_HEADER)).toBe("abc-token");
    expect(requests[0]?.headers.get("accept")).toBe("application/json");
    expect(requests[0]?.init).toMatchObject({ redirect: "manual", cache: "no-store" });
  });

  it("sends a JSON body for POST and PUT only", async () => {
    const { fetch, requests } = answering();
    await send({ fetch });
    const hasBody = method === "POST" || method === "PUT";
    expect(requests[0]?.headers.get("content-type")).toBe(hasBody ? "application/json" : null);
    expect(typeof requests[0]?.init.body).toBe(hasBody ? "string" : "object");
  });
});

it("sends the body of `api` calls where `Request` has no `body` (some browsers)", async () => {
  const { fetch, requests } = answering();
  const { api } = createLinqClient({ fetch });
  const input = { webhook_url: "https://example.com/hook", version: 2, events: [] };
  const body = { webhook_subscription: input };
  const withoutBody = vi.spyOn(Request.prototype, "body", "get");
  // What such a browser returns, whatever the types promise.
  withoutBody.mockReturnValue(undefined as unknown as null);
  try {
    await api.POST(COLLECTION, { body });
    await api.GET(COLLECTION);
  } finally {
    withoutBody.mockRestore();
  }
  expect(requests.map(({ init }) => init.body)).toEqual([JSON.stringify(body), null]);
});

it("returns only the server's headers to users of `api`", async () => {
  const body = new TextEncoder().encode(ANSWER);
  const { fetch } = observeFetch(() => new Response(body, { headers: { "x-any": "value" } }));
  const { response, data } = await createLinqClient({ fetch }).api.GET(COLLECTION);
  expect([...response.headers]).toEqual([["x-any", "value"]]);
  expect(data).toEqual(LIST);
});

it("sends no second request in a call that is aborted after the first", async () => {
  const { fetch, requests } = observeFetch(() => Response.json({ webhook_subscriptions: [] }));
  const controller = new AbortController();
  const { signal } = controller;
  const onAttempt = (): void => {
    controller.abort("enough");
  };
  const linq = createLinqClient({ fetch, onAttempt });
  const input = { webhook_url: "https://example.com/hook", events: ["message.sent" as const] };
  const error = await rejectionOf(linq.webhookSubscriptions.ensure(input, { signal }));
  expect(error).toBe("enough");
  expect(requests.map(({ method }) => method)).toEqual(["GET"]);
});

it("sends every field of a subscription in the `webhook_subscription` wrapper", async () => {
  const { fetch, requests } = answering();
  await create.send({ fetch });
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    webhook_subscription: {
      webhook_url: "https://example.com/hook",
      events: ["message.received"],
      active: true,
      version: 2,
    },
  });
});

it.each([
  ["https://api.example.com", "https://api.example.com"],
  ["https://api.example.com/", "https://api.example.com"],
  ["https://example.com/linq", "https://example.com/linq"],
  ["https://example.com/linq/", "https://example.com/linq"],
  ["http://localhost:3000", "http://localhost:3000"],
  [undefined, "https://api.linqapp.com"],
])("sends every request to the base URL %s", async (baseUrl, start) => {
  const { fetch, requests } = answering();
  const linq = createLinqClient({ token: "the-token", baseUrl, fetch });
  await linq.webhookSubscriptions.list();
  await linq.webhookSubscriptions.delete(7);
  await linq.api.GET(COLLECTION);
  expect(requests.map(({ url }) => url)).toEqual([
    `${start}${COLLECTION}`,
    `${start}${COLLECTION}/7`,
    `${start}${COLLECTION}`,
  ]);
});

it("sends the body of a POST over a real connection", async () => {
  let body = "";
  const server = await startServer((request, response) => {
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => response.writeHead(201).end(JSON.stringify(create.body)));
  });
  await create.send({ baseUrl: server.url });
  expect(server.requests).toEqual([`POST ${COLLECTION}`]);
  expect(JSON.parse(body)).toHaveProperty("webhook_subscription.version", 2);
});

it.each<[what: string, statusLine: string]>([
  ["no reason phrase", "HTTP/1.1 200"],
  ["letters beyond ASCII in the reason phrase", "HTTP/1.1 200 très bien"],
  ["letters that no header could carry", "HTTP/1.1 200 好"],
  ["a control character in the reason phrase", "HTTP/1.1 200 O\u0001K"],
])("reads an answer with %s", async (_what, statusLine) => {
  const server = await startSocketServer((socket) => {
    socket.end(`${statusLine}\r\ncontent-length: ${ANSWER.length}\r\n\r\n${ANSWER}`);
  });
  expect(await list.send({ baseUrl: server.url })).toHaveLength(1);
});

it("reads JSON with a byte order mark", async () => {
  const server = await startServer((_request, response) => response.end(`\ufeff${ANSWER}`));
  expect(await list.send({ baseUrl: server.url })).toHaveLength(1);
});

it("throws LinqConnectionError when a body is not valid gzip", async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end("this is not gzip");
  });
  expect(await rejectionOf(list.send({ baseUrl: server.url }))).toBeInstanceOf(LinqConnectionError);
});

it("accepts a success without a body for a deletion only", async () => {
  const server = await startServer((_request, response) => response.writeHead(205).end());
  expect(await OPERATIONS.delete.send({ baseUrl: server.url })).toBeUndefined();
  const error = await rejectionOf(list.send({ baseUrl: server.url }));
  expect(error).toBeInstanceOf(InvalidResponseError);
});

it("reports an SSL error when https: reaches an HTTP server, which sees no request", async () => {
  const server = await startServer((_request, response) => response.end(ANSWER));
  const baseUrl = server.url.replace("http:", "https:");
  const error = await rejectionOf(list.send({ baseUrl }));
  expect(error).toBeInstanceOf(LinqConnectionError);
  expect(error).toMatchObject({ systemCode: expect.stringContaining("SSL") as string });
  expect(server.requests).toEqual([]);
});

it("reports a parse error when the server does not speak HTTP", async () => {
  const server = await startSocketServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
  const error = await rejectionOf(list.send({ baseUrl: server.url }));
  expect(error).toBeInstanceOf(LinqConnectionError);
  expect(error).toMatchObject({ systemCode: expect.stringMatching(/^HPE_/) as string });
});
