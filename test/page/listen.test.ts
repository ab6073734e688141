import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi, SECRET } from "../cli/listen-world.js";
import { findPageUrl } from "../cli/page-client.js";
import { startCommand } from "../cli/running-command.js";
import { type InstalledCli, installCli } from "../support/installed-cli.js";
import { createPageWorld, type PageWorld } from "./page-world.js";

let world: PageWorld;
let cli: InstalledCli;

beforeAll(async () => {
  world = await createPageWorld();
  cli = await installCli();
});

afterAll(async () => {
  await world.close();
  await cli.remove();
});

describe("the page of listen", () => {
  it("sends an example, shows its delivery, and sends it again", async () => {
    const api = await serveApi();
    const command = startCommand(["listen", "--port=0", "--secret-env=HOOK_SECRET"], {
      env: api.env,
      pageFolder: world.folder,
    });
    const url = findPageUrl(await command.says("Ctrl-C ends it."));
    const { page, errors, origins } = await world.visit(`${url}#/example?event=message.received`);
    await page.getByLabel(/^text( required)?$/).fill("Hello from the page");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("link", { name: "Show the delivery" }).click();
    const detail = page.getByRole("region", { name: "message.received" });
    await detail.getByText('"Hello from the page"', { exact: true }).waitFor();
    await detail.getByText("valid: matches the secret").waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText('"Hello from the page"', { exact: true }).waitFor();
    await other.close();

    await detail.getByRole("button", { name: "Send again" }).click();
    await page.getByText("2 shown, 2 received").waitFor();
    expect(await page.getByRole("listbox").getByRole("option").first().innerText()).toContain(
      "Duplicate",
    );
    expect(await page.content()).not.toContain(SECRET);
    expect(errors).toEqual([]);
    expect([...origins]).toEqual([new URL(url).origin]);
  });

  it("lists the subscriptions of the token, and removes redundant ones", async () => {
    const api = await serveApi();
    for (const events of [["message.sent", "message.read"], ["message.sent"]] as const) {
      await api.linq.webhookSubscriptions.create(
        { webhook_url: "https://example.com/hook?key=s3ntinel0123456789", events: [...events] },
        { allowDuplicate: true },
      );
    }
    const command = startCommand(["listen", "--port=0"], {
      env: api.env,
      pageFolder: world.folder,
    });
    const url = findPageUrl(await command.says("Ctrl-C ends it."));
    const { page, errors } = await world.visit(`${url}#/subscriptions`);
    await page.getByText("2 is redundant").waitFor();
    expect(await page.content()).not.toContain("s3ntinel");
    await page.getByRole("button", { name: "Remove duplicates" }).click();
    await page.getByRole("button", { name: "Delete 1 subscription" }).click();
    await page.getByText("Deleted 2.").waitFor();
    expect(api.sandbox.subscriptions.map(({ id }) => id)).toEqual([1]);
    expect(errors).toEqual([]);
  });

  it("says that a command without a token cannot list", async () => {
    const command = startCommand(["listen", "--port=0"], {
      env: { LINQ_INTEGRATION_TOKEN: undefined },
      pageFolder: world.folder,
    });
    const url = findPageUrl(await command.says("Ctrl-C ends it."));
    const { page } = await world.visit(`${url}#/subscriptions`);
    await page.getByRole("alert").getByText("LINQ_INTEGRATION_TOKEN").waitFor();
  });
});

describe("the page of sandbox --ui, from the packed package", () => {
  it("switches faults, and shows requests and the end of the connection", async () => {
    const child = cli.start("linq-webhooks", ["sandbox", "--port=0", "--ui"], {});
    await child.says("Ctrl-C ends it.");
    const url = findPageUrl(child.stdout());
    const { page, errors, origins } = await world.visit(`${url}#/sandbox`);
    await page.getByText("No requests yet").waitFor();
    await page.getByRole("switch", { name: "latency 2 s" }).check();
    await page.getByText("Changed latency 2 s.").waitFor();
    await page.reload();
    await page.getByRole("switch", { name: "latency 2 s", checked: true }).waitFor();
    await page.getByRole("link", { name: "Subscriptions" }).click();
    await page.getByRole("link", { name: "Sandbox" }).click();
    await page.getByRole("row").nth(1).getByText("GET /api/partner").waitFor();
    expect(errors).toEqual([]);
    expect([...origins]).toEqual([new URL(url).origin]);
    child.kill("SIGTERM");
    await child.ended;
    await page.getByText("Connection lost").waitFor();
  });
});
