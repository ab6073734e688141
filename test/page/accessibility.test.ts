import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLinqClient, EVENT_NAMES } from "linq-webhooks";
import type { PageDelivery } from "../../src/cli/page/protocol.js";
import { buildDelivery } from "./fake-server.js";
import { createPageWorld, type HowToOpen, type OpenPage, type PageWorld } from "./page-world.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SANDBOX = {
  mode: "sandbox",
  faults: [{ name: "reset", isOn: true }],
  switches: [
    { name: "activeDefault", value: false, kind: "boolean" },
    { name: "pageSize", value: null, kind: "number" },
    { name: "deletion", value: "accept", kind: "choice", choices: ["accept", "409"] },
  ],
} as const;

const OUTCOMES = ["accepted", "duplicate", "refused", "failed", "forwarded", "sent"] as const;

const DELIVERIES = OUTCOMES.map((outcome, index): PageDelivery =>
  buildDelivery({ id: String(index), outcome, signature: index === 2 ? "invalid" : "valid" }),
);

let world: PageWorld;

beforeAll(async () => {
  world = await createPageWorld();
});

afterAll(async () => {
  await world.close();
});

/** The views that are tested, and how to open them. */
const SCENES: Readonly<Record<string, () => Promise<OpenPage>>> = {
  "no deliveries": () => world.open(),
  "a delivery among others": async () => {
    const opened = await openDeliveries();
    await opened.page.getByText("As a table").click();
    await opened.page.getByText("Headers (2)").click();
    await opened.page.getByText("Raw text").first().click();
    await opened.page.getByLabel("Search in the payload").fill("Hello");
    return opened;
  },
  "a delivery of which only a part is kept": async () => {
    const opened = await world.open({ hash: "#/deliveries?id=1" });
    opened.server.send("delivery", buildDelivery({ id: "1", isBodyCut: true }));
    await opened.page.getByText("too large to keep all of it").waitFor();
    return opened;
  },
  "no delivery that matches": async () => {
    const opened = await world.open({ hash: "#/deliveries?text=nothing&id=99" });
    opened.server.send("delivery", ...DELIVERIES);
    await opened.page.getByText("0 shown, 6 received").waitFor();
    return opened;
  },
  "no subscriptions": async () => {
    const opened = await world.open({ hash: "#/subscriptions" });
    await opened.page.getByText("No subscriptions yet").waitFor();
    return opened;
  },
  duplicates: openDuplicates,
  "subscriptions with long URLs, and all events": async () => {
    const opened = await openDuplicates();
    const { fetch } = opened.server.api;
    const linq = createLinqClient({ token: "a-token", fetch });
    await linq.webhookSubscriptions.create({
      webhook_url: `https://example.com/${"long".repeat(60)}?listener=${"x".repeat(60)}`,
      events: EVENT_NAMES,
      active: false,
    });
    await opened.page.getByRole("button", { name: "Refresh" }).click();
    await opened.page.getByRole("row").nth(3).waitFor();
    return opened;
  },
  "the plan of a removal": async () => {
    const opened = await openDuplicates();
    await opened.page.getByRole("button", { name: "Remove duplicates" }).click();
    await opened.page.getByRole("dialog").waitFor();
    return opened;
  },
  "an example that is refused": async () => {
    const opened = await world.open({ hash: "#/example" });
    await opened.page.getByLabel("count").waitFor();
    opened.server.refuse("example", 422, "count must be an integer.");
    await opened.page.getByRole("button", { name: "Send" }).click();
    await opened.page.getByRole("alert").getByText("count must be").waitFor();
    return opened;
  },
  "the sandbox": async () => {
    const opened = await world.open({ hash: "#/sandbox", state: SANDBOX });
    opened.server.send("request", REQUEST);
    await opened.page.getByRole("row").nth(1).waitFor();
    await opened.page.getByRole("switch", { name: "reset" }).click();
    await opened.page.getByText("Changed reset.").waitFor();
    return opened;
  },
};

describe.each(Object.entries(SCENES))("%s", (_name, openScene) => {
  let opened: OpenPage;

  beforeAll(async () => {
    opened = await openScene();
  });

  afterAll(async () => {
    await world.closeWindows();
  });

  it.each(["light", "dark"] as const)(
    "breaks no rule of axe in %s colours",
    async (colorScheme) => {
      await opened.page.emulateMedia({ colorScheme });
      expect(await findViolations(opened.page)).toEqual([]);
    },
  );

  it.each([768, 2_560, 360])("needs no horizontal scrolling at %i pixels", async (width) => {
    await opened.page.setViewportSize({ width, height: 800 });
    const needed = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(needed).toBeLessThanOrEqual(width);
  });

  it("has no part that scrolls horizontally on a phone, and breaks no rule of axe there", async () => {
    await opened.page.setViewportSize({ width: 360, height: 800 });
    expect(await opened.page.evaluate(findSideways)).toEqual([]);
    expect(await findViolations(opened.page)).toEqual([]);
  });

  it("logs no error", () => {
    expect(opened.errors).toEqual([]);
  });
});

describe("on a phone", () => {
  it("the rows of a table are cards, and still a table for screen readers", async () => {
    const { page } = await openDuplicates({ width: 360 });
    const cell = page.getByRole("cell", { name: "message.received" }).first();
    const before = await cell.evaluate((element) => getComputedStyle(element, "::before").content);
    expect(before).toBe('"Events" / ""');
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const countOf = (role: string): number =>
      nodes.filter((node) => !node.ignored && node.role?.value === role).length;
    const roles = ["table", "row", "columnheader", "rowheader", "cell"];
    expect(roles.map(countOf)).toEqual([1, 3, 7, 2, 12]);
    // What the cards show in addition is not said twice.
    const names = nodes.flatMap(({ role, name }): unknown[] =>
      role?.value === "cell" ? [name?.value] : [],
    );
    expect(names).toContain("message.received");
  });
});

describe("with the keyboard alone", () => {
  it("every control is reached in order, and each focus is visible", async () => {
    const { page } = await openDeliveries();
    await page.keyboard.press("Tab");
    const reached: string[] = [];
    for (;;) {
      const focused = await describeFocus(page);
      if (focused === undefined) break;
      expect(focused.isSeen, focused.name).toBe(true);
      reached.push(focused.name);
      await page.keyboard.press("Tab");
    }
    expect(reached).toEqual([
      "Deliveries",
      "Subscriptions",
      "Send an example",
      "As a table",
      "Outcome",
      "Event",
      "Text in the delivery",
      "Pause",
      "Deliveries, newest first",
      "Close the details",
      "Send again",
      "Forward",
      "Copy as curl",
      "Copy as a test",
      "Search in the payload",
      "data {1}",
      "Headers (2)",
      "Raw text (81 bytes)",
    ]);
  });

  it("arrows, Home, End and page keys move in the list, and Enter leads to the details", async () => {
    const { page, server } = await world.open();
    const ids = Array.from({ length: 300 }, (_, index) => String(index));
    server.send("delivery", ...ids.map((id) => buildDelivery({ id })));
    await page.getByText("300 shown, 300 received").waitFor();
    const list = page.getByRole("listbox");
    await list.focus();
    const steps = [
      ["ArrowDown", "299"],
      ["ArrowDown", "298"],
      ["ArrowUp", "299"],
      ["End", "0"],
      ["ArrowDown", "0"],
      ["Home", "299"],
    ] as const;
    for (const [key, id] of steps) {
      await page.keyboard.press(key);
      await page.waitForURL(new RegExp(`id=${id}$`));
      // The selected row is in sight, and the list says which one it is.
      await page.waitForFunction(
        (row) => {
          const chosen = document.querySelector("[role=option][aria-selected=true]");
          const named = document.querySelector("[role=listbox]")?.ariaActiveDescendantElement;
          return chosen?.id === row && chosen === named;
        },
        `row-${299 - Number(id)}`,
      );
    }
    await page.keyboard.press("PageDown");
    await page.waitForURL(/id=2[0-8]\d$/);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "detail-title");
    await page.getByRole("button", { name: "Close the details" }).press("Enter");
    await page.waitForFunction(() => document.activeElement?.role === "listbox");
  });

  it("Escape closes the plan, and the focus returns to where it was", async () => {
    const { page, server } = await openDuplicates();
    const button = page.getByRole("button", { name: "Remove duplicates" });
    await button.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Deleted 2.").waitFor();
    expect(server.api.subscriptions).toHaveLength(1);
  });

  it("switches can be switched, and the tree can be folded", async () => {
    const { page, server } = await world.open({ hash: "#/sandbox", state: SANDBOX });
    await page.getByRole("switch", { name: "activeDefault" }).press("Space");
    await page.getByRole("switch", { name: "activeDefault", checked: true }).waitFor();
    server.send("delivery", ...DELIVERIES);
    await page.getByRole("link", { name: "Deliveries" }).press("Enter");
    await page.getByRole("listbox").press("ArrowDown");
    const summary = page.getByText("data {1}");
    await page.locator(".tree").getByText('"Hello!"').waitFor();
    await summary.press("Enter");
    await page.locator(".tree").getByText('"Hello!"').waitFor({ state: "detached" });
  });
});

async function openDeliveries(): Promise<OpenPage> {
  const opened = await world.open({ hash: "#/deliveries?id=2" });
  opened.server.send("delivery", ...DELIVERIES);
  await opened.page.getByText("Payload", { exact: true }).waitFor();
  await opened.page.getByText("6 shown, 6 received").waitFor();
  return opened;
}

async function openDuplicates(how: HowToOpen = {}): Promise<OpenPage> {
  const opened = await world.open({ ...how, hash: "#/subscriptions" });
  await opened.page.getByText("No subscriptions yet").waitFor();
  const linq = createLinqClient({ token: "a-token", fetch: opened.server.api.fetch });
  for (const active of [true, true]) {
    await linq.webhookSubscriptions.create(
      { webhook_url: "https://example.com/hook", events: ["message.received"], active },
      { allowDuplicate: true },
    );
  }
  await opened.page.getByRole("button", { name: "Refresh" }).click();
  await opened.page.getByText("2 is redundant").waitFor();
  return opened;
}

/** What can be scrolled horizontally, except for text that is shown as it came. */
function findSideways(): string[] {
  return [...document.querySelectorAll("body *:not(pre, code)")]
    .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth)
    .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
    .map((element) => element.outerHTML.slice(0, 200));
}

/** Runs axe in the page; its text is a string, since the page's policy allows no script from elsewhere. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe;
    const { violations } = await run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ""}`),
    );
  });
}

/** The name of the focused element, and whether the focus is visible; undefined after the last one. */
function describeFocus(page: Page): Promise<{ name: string; isSeen: boolean } | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      name: element.ariaLabel ?? element.textContent,
      isSeen: outlineStyle === "solid" && Number.parseFloat(outlineWidth) >= 2,
    };
  });
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
