import { expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import { InvalidResponseError } from "../../src/index.js";
import { startServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";
import { createTestClock } from "../support/test-clock.js";
import { visibleText } from "../support/visible-text.js";

const TOKEN = "sentinel-token-of-the-test";

it.each<[what: string, type: string, body: string, said: string]>([
  ["{error}", "application/json", '{"error":"Token expired"}', "Token expired"],
  ["{message}", "application/json", '{"status":403,"message":"No entry"}', "No entry"],
  ["{errors}", "application/json", '{"errors":[{"title":"Gone","detail":"away"}]}', "Gone: away"],
  [
    "a login page",
    "text/html",
    "<html><title>Sign in – Example</title><p>x</p>",
    "Sign in – Example",
  ],
  ["plain text", "text/plain", "Service paused\nuntil noon", "Service paused until noon"],
])("the error for a 200 with %s quotes the server's message", async (_what, type, body, said) => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { "content-type": type }).end(body);
  });
  const linq = composeClient({ token: TOKEN, baseUrl: server.url }, createTestClock());
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ status: 200, messages: [said] });
  expect(String(error)).toContain(`, and it says ${JSON.stringify(said)};`);
  // Asking again would not help.
  expect(server.requests).toHaveLength(1);
});

it("hides the token in the quoted text", async () => {
  const server = await startServer(({ headers }, response) => {
    const token = String(headers["x-linq-integration-token"]);
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<title>Hello ${token}!</title>${Buffer.from(token).toString("base64")}`);
  });
  const linq = composeClient({ token: TOKEN, baseUrl: server.url }, createTestClock());
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(String(error)).toContain('it says "Hello ');
  expect(visibleText(error)).not.toContain(TOKEN);
});

it("quotes nothing when the body is an invalid list", async () => {
  const server = await startServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"webhook_subscriptions":[{"id":"x"}]}');
  });
  const linq = composeClient({ token: TOKEN, baseUrl: server.url }, createTestClock());
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toMatchObject({ code: "invalid_response", messages: [] });
  expect(String(error)).not.toContain("it says");
});
