import { describe, expect, it } from "vitest";
import { defaultListenerName, toListenerUrl } from "../../../src/cli/listen/listener-url.js";
import { planSync } from "../../../src/sync/index.js";
import { buildSubscription } from "../../support/build-subscription.js";

describe("the URL of a listener", () => {
  it.each([
    ["https://a.example", "/hook", "https://a.example/hook?listener=me"],
    ["https://a.example/", "/in/hook", "https://a.example/in/hook?listener=me"],
    ["HTTPS://A.example:8443", "/hook", "https://a.example:8443/hook?listener=me"],
    ["https://a.example/team/hook", "/hook", "https://a.example/team/hook?listener=me"],
    ["http://127.0.0.1:4011", "/hook", "http://127.0.0.1:4011/hook?listener=me"],
  ])("of the tunnel %s with the path %s is %s", (publicUrl, path, expected) => {
    expect(toListenerUrl(publicUrl, path, "me").webhookUrl).toBe(expected);
  });

  it.each([
    ["https://old.example/hook?listener=me", true],
    ["http://old.example:8080/hook?listener=me", true],
    ["https://old.example/hook?listener=you", false],
    ["https://old.example/hook", false],
    ["https://old.example/other?listener=me", false],
    ["https://old.example/a/hook?listener=me", false],
    ["https://old.example/hook?listener=me&x=1", false],
  ])("takes over %s: %s", (webhook_url, isReplaced) => {
    const { webhookUrl, replaces } = toListenerUrl("https://new.example", "/hook", "me");
    const desired = { webhook_url: webhookUrl, events: ["message.sent" as const], replaces };
    const old = buildSubscription({ id: 7, webhook_url });
    const [step] = planSync([desired], [old]).steps;
    expect(step?.action).toBe(isReplaced ? "update" : "create");
  });
});

it("the default name of a listener is stable, and does not show user or machine", () => {
  expect(defaultListenerName()).toMatch(/^[0-9a-f]{10}$/);
  expect(defaultListenerName()).toBe(defaultListenerName());
});
