import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createLinqClient } from "linq-webhooks";
import { buildDelivery, type FakeServer } from "./fake-server.js";
import { createPageWorld, type HowToOpen, type OpenPage, type PageWorld } from "./page-world.js";

let world: PageWorld;

beforeAll(async () => {
  world = await createPageWorld();
});

afterEach(async () => {
  await world.closeWindows();
});

afterAll(async () => {
  await world.close();
});

describe("deliveries", () => {
  it("show what to do while there are none", async () => {
    const { page, errors } = await world.open();
    await page.getByText("Nothing has been delivered yet").waitFor();
    await page.getByRole("link", { name: "Send an example" }).last().click();
    await page.getByRole("heading", { name: "Send an example" }).waitFor();
    expect(new URL(page.url()).hash).toBe("#/example");
    expect(errors).toEqual([]);
  });

  it("appear as they arrive, newest first, and open with all their details", async () => {
    const { page, server, errors } = await world.open();
    const forward = { status: null, duration: 1_300, error: "ECONNREFUSED" };
    server.send(
      "delivery",
      buildDelivery({ id: "1", event: "message.sent" }),
      buildDelivery({ id: "2", outcome: "failed", status: 503, attempt: 3, forward }),
    );
    const rows = rowsOf(page);
    await rows.nth(1).waitFor();
    expect(await rows.nth(0).innerText()).toMatch(/message\.received.*Failed.*503/s);
    expect(await rows.nth(1).innerText()).toMatch(/message\.sent.*Accepted.*200/s);
    await rows.nth(0).click();
    const detail = page.getByRole("region", { name: "message.received" });
    const text = await detail.innerText();
    for (const part of ["503, after 12 ms", "ECONNREFUSED, after 1.3 s", "event-2", "+15550100"]) {
      expect(text).toContain(part);
    }
    await detail.getByText("Headers (2)").click();
    await detail.getByText("sha256=0000").waitFor();
    await detail.getByText("Raw text").first().click();
    await detail.getByLabel("Raw text").getByText('"event_type"').waitFor();
    await detail.getByRole("button", { name: "Close the details" }).click();
    await detail.waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  });

  it("change in place when they are redelivered with the same id", async () => {
    const { page, server } = await world.open();
    server.send("delivery", buildDelivery({ id: "1", outcome: "failed", status: 500 }));
    await rowsOf(page).filter({ hasText: "Failed" }).waitFor();
    server.send("delivery", buildDelivery({ id: "1", outcome: "forwarded" }));
    await rowsOf(page).filter({ hasText: "Forwarded" }).waitFor();
    expect(await rowsOf(page).count()).toBe(1);
    const picture = page.getByRole("img");
    expect(await picture.getAttribute("aria-label")).toContain(": 1 forwarded.");
  });

  it("are filtered by outcome, event and text, and the address keeps the filters", async () => {
    const { page, server } = await world.open();
    server.send(
      "delivery",
      buildDelivery({ id: "1", outcome: "refused", body: "needle" }),
      buildDelivery({ id: "2", event: "message.sent", body: "a needle" }),
      buildDelivery({ id: "3" }),
    );
    const rows = rowsOf(page);
    const countOf = (count: number): Promise<void> =>
      page.getByText(`${count} shown, 3 received`).waitFor();
    await page.getByLabel("Outcome").selectOption("refused");
    await countOf(1);
    await page.getByRole("button", { name: "Clear" }).click();
    await countOf(3);
    await page.getByLabel("Text in the delivery").fill("Needle");
    await countOf(2);
    await page.getByLabel("Event", { exact: true }).selectOption("message.sent");
    await countOf(1);
    expect(await rows.innerText()).toContain("message.sent");
    const shared = await world.visit(page.url());
    await shared.page.getByRole("combobox", { name: "Event" }).waitFor();
    expect(await shared.page.getByLabel("Event", { exact: true }).inputValue()).toBe(
      "message.sent",
    );
    expect(await shared.page.getByLabel("Text in the delivery").inputValue()).toBe("Needle");
    await page.getByLabel("Text in the delivery").fill("nowhere");
    await page.getByText("No delivery matches the filters").waitFor();
  });

  it("are not added to the list while it is paused", async () => {
    const { page, server } = await world.open();
    server.send("delivery", buildDelivery({ id: "1" }));
    await rowsOf(page).waitFor();
    const pause = page.getByRole("button", { name: "Pause" });
    await pause.click();
    server.send("delivery", buildDelivery({ id: "2" }));
    await page.getByText("1 shown, 2 received").waitFor();
    await pause.click();
    await page.getByText("2 shown, 2 received").waitFor();
  });

  it("close and open with the back and forward buttons of the browser", async () => {
    const { page, server } = await world.open();
    server.send("delivery", buildDelivery({ id: "1" }));
    await rowsOf(page).click();
    await page.getByRole("heading", { name: "message.received" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "message.received" }).waitFor({ state: "detached" });
    await page.goForward();
    await page.getByRole("heading", { name: "message.received" }).waitFor();
    expect(new URL(page.url()).hash).toBe("#/deliveries?id=1");
  });

  it("that a link names and that are not kept are reported as missing", async () => {
    const { page, server } = await world.open({ hash: "#/deliveries?id=77" });
    server.send("delivery", buildDelivery({ id: "1" }));
    await page.getByText("This delivery is no longer kept").waitFor();
  });

  it("are sent again and forwarded, and the page shows the result", async () => {
    const { page, server } = await world.open();
    server.send("delivery", buildDelivery({ id: "7" }));
    await rowsOf(page).click();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("Sent again.").waitFor();
    await page.getByRole("button", { name: "Forward" }).click();
    await page.getByText("Forwarded: 200, after 12 ms.").waitFor();
    expect(server.actions).toEqual([
      { name: "resend", input: { id: "7" } },
      { name: "forward", input: { id: "7" } },
    ]);
    server.refuse("resend", 409, "The body was cut, so it cannot be sent again.");
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("The body was cut, so it cannot be sent again.").waitFor();
    await dismiss(page, "The body was cut");
  });

  it("cannot be forwarded without a URL to forward to", async () => {
    const { page, server } = await world.open({ state: { forwardTo: null } });
    server.send("delivery", buildDelivery({ id: "7" }));
    await rowsOf(page).click();
    await page.getByRole("button", { name: "Send again" }).waitFor();
    expect(await page.getByRole("button", { name: "Forward" }).count()).toBe(0);
  });

  it("are copied as a command and as a test", async () => {
    const { page, server } = await world.open();
    server.send("delivery", buildDelivery({ id: "7" }));
    await rowsOf(page).click();
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByText("Copied.").waitFor();
    expect(await copied()).toContain(`curl --globoff --url '${new URL("/hook", server.url).href}'`);
    await dismiss(page, "Copied.");
    await page.getByRole("button", { name: "Copy as a test" }).click();
    await page.getByText("Copied.").waitFor();
    expect(await copied()).toContain('it("accepts message.received", async () => {');
  });

  it("of which only a part is kept cannot be copied, and the page says why", async () => {
    const { page, server } = await world.open();
    const body = "x".repeat(65_536);
    const whole = buildDelivery({ id: "8", body, bodyBytes: 65_536 });
    server.send("delivery", { ...whole, id: "7", bodyBytes: 65_537, isBodyCut: true }, whole);
    const reason = page.getByText("too large to keep all of it");
    const copies = page.getByRole("button", { name: /^Copy as/ });
    await rowsOf(page).nth(1).click();
    await reason.waitFor();
    await page.getByText("Raw text (the beginning of 65537 bytes)").waitFor();
    expect(
      await copies.evaluateAll((buttons) => buttons.map((one) => one.matches(":disabled"))),
    ).toEqual([true, true]);
    await rowsOf(page).nth(0).click();
    await reason.waitFor({ state: "detached" });
    await copies.first().click();
    await page.getByText("Copied.").waitFor();
  });

  it("have a payload that can be folded and searched", async () => {
    const { page, server } = await world.open();
    const data = { list: [{ deep: { needle: 1 } }], big: Array.from({ length: 300 }, () => 0) };
    const body = JSON.stringify({ data, id: 1 }).replace('"id":1', '"id":9007199254740993');
    server.send("delivery", buildDelivery({ id: "7", body }));
    await rowsOf(page).click();
    const tree = page.locator(".tree");
    await tree.getByText("9007199254740993").waitFor();
    expect(await tree.getByText("needle").count()).toBe(0);
    await page.getByLabel("Search in the payload").fill("needle");
    await tree.getByText("needle").waitFor();
    expect(await tree.locator("mark").innerText()).toBe("1");
    await page.getByLabel("Search in the payload").fill("nowhere");
    await page.getByText("Nothing in the payload contains this text.").waitFor();
    await page.getByLabel("Search in the payload").fill("");
    await tree.getByText("and 100 more; see the raw text").waitFor();
    await tree.getByText("big").click();
    await tree.getByText("and 100 more").waitFor({ state: "detached" });
  });

  it("have a chart with a table next to it", async () => {
    const { page, server, errors } = await world.open();
    server.send(
      "delivery",
      buildDelivery({ id: "1" }),
      buildDelivery({ id: "2", outcome: "failed" }),
    );
    await page.getByText("2 shown, 2 received").waitFor();
    const picture = page.getByRole("img");
    expect(await picture.getAttribute("aria-label")).toMatch(/: 1 accepted, 1 failed\. At most 2/);
    expect(await picture.locator("rect").count()).toBe(2);
    await page.getByText("As a table").click();
    const table = page.getByRole("table");
    await table.waitFor();
    expect(await table.getByRole("row").count()).toBe(2);
    expect(await table.getByRole("row").last().innerText()).toMatch(/1\s+1/);
    expect(errors).toEqual([]);
  });
});

describe("subscriptions", () => {
  const URL_1 = "https://example.com/hook";

  it("show how to create one while there are none", async () => {
    const { page } = await openSubscriptions();
    await page.getByText(`npx linq-webhooks ensure --url ${URL_1}`).waitFor();
  });

  it("are listed, with a text for duplicates, and removed once the plan is confirmed", async () => {
    const { page, server, errors } = await openSubscriptions();
    await subscribe(server, URL_1, ["message.received", "message.sent"]);
    await subscribe(server, URL_1, ["message.sent"]);
    await subscribe(server, "https://example.com/other", ["message.sent"]);
    await page.getByRole("button", { name: "Refresh" }).click();
    const rows = page.getByRole("row");
    await rows.nth(3).waitFor();
    expect(await rows.nth(1).innerText()).toContain("twice");
    expect(await rows.nth(2).innerText()).toContain("redundant");
    expect(await rows.nth(3).innerText()).not.toMatch(/twice|redundant/);
    await page.getByText("2 is redundant: lower ids deliver all of its events.").waitFor();

    await page.getByRole("button", { name: "Remove duplicates" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete 1 subscription?" });
    expect(await dialog.innerText()).toContain(`2 ${URL_1}`);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(server.api.subscriptions).toHaveLength(3);

    await page.getByRole("button", { name: "Remove duplicates" }).click();
    await dialog.getByRole("button", { name: "Delete 1 subscription" }).click();
    await page.getByText("Deleted 2.").waitFor();
    await page.getByText("No event is delivered more than once.").waitFor();
    expect(server.api.subscriptions.map(({ id }) => id)).toEqual([1, 3]);
    expect(errors).toEqual([]);
  });

  it("that overlap show which events they can give up", async () => {
    const { page, server } = await openSubscriptions();
    await subscribe(server, URL_1, ["message.received"]);
    await subscribe(server, URL_1, ["message.received", "message.sent"]);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("2 can give up message.received, which lower ids also deliver.").waitFor();
    expect(await page.getByRole("button", { name: "Remove duplicates" }).count()).toBe(0);
  });

  it("are not removed if a subscription was added since the plan was shown", async () => {
    const { page, server } = await openSubscriptions();
    await subscribe(server, URL_1, ["message.received"]);
    await subscribe(server, URL_1, ["message.received"]);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("button", { name: "Remove duplicates" }).click();
    await subscribe(server, URL_1, ["message.received"]);
    await page.getByRole("button", { name: "Delete 1 subscription" }).click();
    await page.getByText("The subscriptions have changed, so nothing was deleted").waitFor();
    expect(server.api.subscriptions).toHaveLength(3);
    await page.getByText("Subscriptions 1, 2 and 3").waitFor();
  });

  it("that cannot be listed show why, and appear once they can", async () => {
    const { page, server } = await openSubscriptions();
    server.api.inject({ kind: "status", status: 401 });
    await page.getByRole("button", { name: "Refresh" }).click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toContain("answered 401");
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("No subscriptions yet").waitFor();
  });

  it("are listed again when somebody writes to the sandbox", async () => {
    const { page, server } = await openSubscriptions({ state: { mode: "sandbox" } });
    await subscribe(server, URL_1, ["message.received"]);
    server.send("request", { ...REQUEST, method: "POST" });
    await page.getByRole("cell", { name: URL_1 }).waitFor();
  });
});

describe("an example", () => {
  it("is sent with the content of its form, and links to its delivery", async () => {
    const { page, server, errors } = await world.open({ hash: "#/example" });
    await page
      .getByText("receiver, signed, and forwarded to http://127.0.0.1:3000/hook.")
      .waitFor();
    await page.getByLabel("text").fill("Good morning");
    await page.getByLabel("is_group").selectOption("true");
    await page.getByLabel("count").fill("12");
    await page.getByLabel("chat_handles.0.identifier").fill("");
    await page.getByRole("button", { name: "Send" }).click();
    const link = page.getByRole("link", { name: "Show the delivery" });
    await link.waitFor();
    expect(server.actions).toEqual([
      {
        name: "example",
        input: {
          event: "message.received",
          data: {
            text: "Good morning",
            is_group: true,
            count: 12,
            chat_handles: [{ identifier: "" }],
          },
        },
      },
    ]);
    expect(await link.getAttribute("href")).toBe("#/deliveries?id=1");
    expect(errors).toEqual([]);
  });

  it("shows the error of the server at its field", async () => {
    const { page, server } = await world.open({ hash: "#/example?event=message.read" });
    await page.getByLabel("count").fill("many");
    server.refuse("example", 422, "data.count must be an integer.");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("alert").getByText("data.count must be an integer.").waitFor();
    expect(await page.getByLabel("count").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("text").getAttribute("aria-invalid")).toBe("false");
    expect(server.actions[0]?.input).toMatchObject({
      event: "message.read",
      data: { count: "many" },
    });
  });

  it("is of the event that is chosen", async () => {
    const { page, server } = await world.open({ hash: "#/example" });
    await page.getByLabel("Event").selectOption("call.completed");
    await page.waitForURL(/event=call\.completed$/);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Sent.").waitFor();
    expect(server.actions[0]?.input).toMatchObject({ event: "call.completed" });
  });

  it("is sent without the fields of the previous event while its own are not loaded", async () => {
    const { page, server } = await world.open({ hash: "#/example" });
    await page.getByLabel("text").fill("of another event");
    await page.route(/event=call\.completed/, () => undefined);
    await page.getByLabel("Event").selectOption("call.completed");
    await page.getByLabel("text").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Sent.").waitFor();
    expect(server.actions).toEqual([{ name: "example", input: { event: "call.completed" } }]);
  });
});

describe("the sandbox", () => {
  const SANDBOX = {
    mode: "sandbox",
    faults: [{ name: "reset", isOn: false }],
    switches: [
      { name: "activeDefault", value: true, kind: "boolean" },
      { name: "pageSize", value: null, kind: "number" },
      { name: "deletion", value: "accept", kind: "choice", choices: ["accept", "409"] },
    ],
  } as const;

  it("has switches for its faults and its behaviour, which show the state of the server", async () => {
    const { page, server, errors } = await world.open({ hash: "#/sandbox", state: SANDBOX });
    const pageSize = page.getByLabel("pageSize");
    await page.getByRole("switch", { name: "reset" }).check();
    await dismiss(page, "Changed reset.");
    await page.getByRole("switch", { name: "activeDefault" }).uncheck();
    await dismiss(page, "Changed activeDefault.");
    await pageSize.fill("5");
    await pageSize.press("Enter");
    await dismiss(page, "Changed pageSize.");
    await pageSize.fill("");
    await pageSize.press("Enter");
    await dismiss(page, "Changed pageSize.");
    await page.getByLabel("deletion").selectOption("409");
    await dismiss(page, "Changed deletion.");
    expect(server.actions).toEqual([
      { name: "fault", input: { name: "reset", isOn: true } },
      { name: "switch", input: { name: "activeDefault", value: false } },
      { name: "switch", input: { name: "pageSize", value: 5 } },
      { name: "switch", input: { name: "pageSize", value: null } },
      { name: "switch", input: { name: "deletion", value: "409" } },
    ]);
    server.setState({ faults: [{ name: "latency", isOn: true }] });
    await page.getByRole("switch", { name: "latency", checked: true }).waitFor();
    expect(errors).toEqual([]);
  });

  it("shows the requested values until the server answers, whatever arrives meanwhile", async () => {
    const { page, server } = await world.open({ hash: "#/sandbox", state: SANDBOX });
    const letGo = server.hold();
    await page.getByRole("switch", { name: "reset" }).click();
    await page.getByLabel("deletion").selectOption("409");
    server.setState({});
    server.send("request", REQUEST);
    await page.getByRole("row").nth(1).waitFor();
    const readSettings = async (): Promise<unknown> => [
      await page.getByRole("switch", { name: "reset" }).isChecked(),
      await page.getByLabel("deletion").inputValue(),
    ];
    expect(await readSettings()).toEqual([true, "409"]);
    letGo();
    await page.getByText("Changed deletion.").waitFor();
    expect(await readSettings()).toEqual([true, "409"]);
  });

  it("restores the previous value when the server refuses, and says why", async () => {
    const { page, server } = await world.open({ hash: "#/sandbox", state: SANDBOX });
    const letGo = server.hold();
    server.refuse("fault", 422, "`reset` must be left alone.");
    server.refuse("switch", 422, "`pageSize` must be an integer of 1 or more.");
    const reset = page.getByRole("switch", { name: "reset" });
    await reset.check();
    letGo();
    await dismiss(page, "`reset` must be left alone.");
    await page.getByRole("switch", { name: "reset", checked: false }).waitFor();
    await page.getByLabel("pageSize").fill("-5");
    await page.getByLabel("pageSize").press("Enter");
    await page.getByText("`pageSize` must be an integer of 1 or more.").waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("[type=number]")?.value === "",
    );
  });

  it("keeps what is being typed while state and requests arrive", async () => {
    const { page, server } = await world.open({ hash: "#/sandbox", state: SANDBOX });
    const pageSize = page.getByLabel("pageSize");
    await pageSize.fill("12");
    server.setState({});
    server.send("request", REQUEST);
    await page.getByRole("row").nth(1).waitFor();
    expect(await pageSize.inputValue()).toBe("12");
    await pageSize.fill("");
    server.setState({
      switches: [{ name: "pageSize", value: 7, kind: "number" }],
    });
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("[type=number]")?.value === "7",
    );
  });

  it("shows requests as they arrive", async () => {
    const { page, server } = await world.open({ hash: "#/sandbox", state: SANDBOX });
    await page.getByText("No requests yet").waitFor();
    server.send("request", REQUEST, { ...REQUEST, id: "2", status: null, fault: "reset" });
    const row = page.getByRole("row").nth(1);
    await page.getByRole("row").nth(2).waitFor();
    expect(await row.innerText()).toMatch(/GET \/api.*–.*3 ms.*reset/s);
  });

  it("has no view outside the sandbox mode", async () => {
    const { page } = await world.open({ hash: "#/sandbox" });
    await page.getByRole("heading", { name: "Deliveries" }).waitFor();
    expect(await page.getByRole("link", { name: "Sandbox" }).count()).toBe(0);
  });
});

describe("the connection", () => {
  it("reconnects automatically when it breaks", async () => {
    const { page, server } = await world.open();
    server.cut(503);
    await page.getByText("Connection lost, trying again").waitFor();
    server.cut(undefined);
    await page.getByText("Live", { exact: true }).waitFor();
    server.send("delivery", buildDelivery({ id: "1" }));
    await rowsOf(page).waitFor();
  });

  it("is not retried when the server no longer knows the page", async () => {
    const { page, server } = await world.open();
    server.cut(401);
    await page.getByText("This page has expired").waitFor();
  });

  it("that is gone makes buttons report it", async () => {
    const { page, server } = await world.open();
    server.send("delivery", buildDelivery({ id: "1" }));
    await rowsOf(page).click();
    await server.close();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByText("The command does not answer").waitFor();
  });
});

/** The view of subscriptions after its first request. */
async function openSubscriptions(how: HowToOpen = {}): Promise<OpenPage> {
  const opened = await world.open({ ...how, hash: "#/subscriptions" });
  await opened.page.getByText("No subscriptions yet").waitFor();
  return opened;
}

/** Waits for a message of the page, and dismisses it, so that the next one is not mistaken for it. */
async function dismiss(page: Page, text: string): Promise<void> {
  const said = page.getByText(text);
  await said.waitFor();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await said.waitFor({ state: "detached" });
}

function rowsOf(page: Page): Locator {
  return page.getByRole("listbox", { name: "Deliveries, newest first" }).getByRole("option");
}

const REQUEST = {
  id: "1",
  at: "2025-03-12T09:41:07.250Z",
  method: "GET",
  path: "/api/partner/v2/webhook_subscriptions",
  status: 200,
  duration: 3,
  fault: null,
};

async function subscribe(server: FakeServer, url: string, events: string[]): Promise<void> {
  const linq = createLinqClient({
    token: "a-token",
    fetch: server.api.fetch,
    allowUnknownEvents: true,
  });
  const input = { webhook_url: url, events };
  await linq.webhookSubscriptions.create(input, { allowDuplicate: true });
}
