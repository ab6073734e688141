import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { composeClient } from "../../src/client.js";
import type { LinqClient } from "../../src/index.js";
import { startJudge, type HttpJudge, type HttpJudgeOptions } from "../judge/start-judge.js";
import { createFastClock } from "../support/fast-clock.js";
import { startServer, startSocketServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";
import { REPLACEMENTS } from "./replacements.js";

const TOKEN = "a-token-of-the-test";
const INPUT = { webhook_url: "https://a.example/hook", events: ["message.received"] } as const;

async function judgeWith(options: HttpJudgeOptions = {}): Promise<HttpJudge> {
  const judge = await startJudge(options);
  onTestFinished(judge.close);
  return judge;
}

describe.each(REPLACEMENTS)("with a fetch that is %s", (_name, fetch) => {
  const connect = (baseUrl: string, timeout = 30_000): LinqClient =>
    composeClient({ token: TOKEN, baseUrl, fetch, timeout }, createFastClock());

  it("all methods work", async () => {
    const judge = await judgeWith();
    const { webhookSubscriptions } = connect(judge.url);
    const { id } = await webhookSubscriptions.create(INPUT);
    const { outcome } = await webhookSubscriptions.ensure({ ...INPUT, secret: "a new secret" });
    expect(outcome).toBe("updated");
    expect(await webhookSubscriptions.list()).toMatchObject([{ id, secret_configured: true }]);
    await webhookSubscriptions.update(id, { active: false });
    expect(judge.rows()).toMatchObject([{ active: false }]);
    await webhookSubscriptions.delete(id);
    expect(judge.rows()).toEqual([]);
  });

  it("linq.api works", async () => {
    const judge = await judgeWith();
    const linq = connect(judge.url);
    await linq.webhookSubscriptions.create(INPUT);
    const { data, response } = await linq.api.GET("/api/partner/v2/webhook_subscriptions");
    expect(data?.webhook_subscriptions).toHaveLength(1);
    expect(response.headers.get("content-type")).toContain("json");
  });

  it("a POST whose answer is lost is searched for, and not sent twice", async () => {
    const judge = await judgeWith({ cuts: { after: { POST: 1 } } });
    const { outcome } = await connect(judge.url).webhookSubscriptions.ensure(INPUT);
    expect(outcome).toBe("created");
    expect(judge.rows()).toHaveLength(1);
    expect(judge.count("POST")).toBe(1);
  });

  it.each([301, 302, 303, 307, 308])(
    "a POST that is answered with %i is sent once",
    async (status) => {
      const server = await startServer((request, response) => {
        if (request.method === "GET") response.end('{"webhook_subscriptions":[]}');
        else response.writeHead(status, { location: "/elsewhere" }).end("moved");
      });
      const error = await rejectionOf(connect(server.url).webhookSubscriptions.ensure(INPUT));
      expect(error).toMatchObject({ code: "unexpected_redirect", status });
      expect(server.requests.filter((request) => request.startsWith("POST"))).toHaveLength(1);
      expect(server.requests.filter((request) => request.includes("elsewhere"))).toEqual([]);
    },
  );

  it("an error contains the message of the server", async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(403, { "content-type": "application/json" });
      response.end('{"error":"No entry"}');
    });
    const error = await rejectionOf(connect(server.url).webhookSubscriptions.list());
    expect(error).toMatchObject({ code: "api_error", status: 403, messages: ["No entry"] });
  });

  it.each(Object.entries(CUTS))(
    "a request whose answer is cut off is retried: %s",
    async (_how, cut) => {
      let count = 0;
      const server = await startSocketServer((socket) => {
        count++;
        if (count === 1) socket.end(cut);
        else socket.end(`${HEAD}connection: close\r\n\r\n${LIST}`);
      });
      // One of them never notices that an answer is cut off; the timeout of the attempt ends it.
      const linq = connect(server.url, 1_000);
      expect(await linq.webhookSubscriptions.list()).toHaveLength(50);
      expect(count).toBe(2);
    },
  );

  it("a POST on a refused connection is reported as not sent", async () => {
    const server = await startSocketServer(() => undefined);
    const url = new URL(server.url);
    // Nothing listens there, and nothing else gets the port meanwhile.
    url.hostname = "127.0.0.2";
    const linq = connect(url.origin);
    const error = await rejectionOf(linq.api.POST("/api/partner/v2/webhook_subscriptions", BODY));
    expect(error).toMatchObject({ code: "connection_error", sent: false });
  });
});

const BODY = {
  body: { webhook_subscription: { ...INPUT, version: 2, active: true, events: [...INPUT.events] } },
};

const LIST = JSON.stringify({
  webhook_subscriptions: Array.from({ length: 50 }, (_, index) => ({
    ...{ id: index + 1, version: 2, active: true, ...INPUT },
    webhook_url: `https://a.example/${index * 7919}`,
  })),
});
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/** The first half of an answer, for each way in which an answer can mark its end. */
const CUTS: Readonly<Record<string, Buffer>> = Object.fromEntries(
  [
    { how: "plain", coding: "", body: Buffer.from(LIST) },
    { how: "compressed", coding: "content-encoding: gzip\r\n", body: gzipSync(LIST) },
  ].flatMap(({ how, coding, body }) => {
    const half = body.subarray(0, body.length >> 1);
    const chunk = Buffer.concat([Buffer.from(`${half.length.toString(16)}\r\n`), half]);
    const head = (fields: string): Buffer => Buffer.from(`${HEAD}${coding}${fields}\r\n\r\n`);
    return [
      [`${how}, with a length`, Buffer.concat([head(`content-length: ${body.length}`), half])],
      [`${how}, in chunks`, Buffer.concat([head("transfer-encoding: chunked"), chunk])],
      [`${how}, to the end of the connection`, Buffer.concat([head("connection: close"), half])],
      [
        `${how}, with the length of what came`,
        Buffer.concat([head(`content-length: ${half.length}\r\nconnection: close`), half]),
      ],
    ];
  }),
);
