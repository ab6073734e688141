import { request } from "node:http";
import { fromMarkdown } from "mdast-util-from-markdown";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { readPage } from "../../scripts/manuals.js";
import { type InstalledCli, installCli } from "../support/installed-cli.js";

/** The parts of the file that are tested. */
interface Compose {
  readonly services: {
    readonly linq: { readonly command: string };
    readonly app: { readonly environment: Readonly<Record<string, string>> };
  };
}

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
});

afterAll(async () => {
  await cli.remove();
});

it("the command of the manual serves the sandbox to another container", async () => {
  const { linq, app } = readCompose().services;
  const [, ...command] = linq.command.split(" ");
  expect(command[0]).toBe("linq-webhooks");
  const server = cli.start("linq-webhooks", [...command.slice(1), "--port", "0"], {});
  await server.says("Ctrl-C ends it.");
  const [, port = ""] = /listens on http:\/\/\S+:(\d+)/.exec(server.stdout()) ?? [];

  const { host, port: served } = new URL(app.environment["LINQ_BASE_URL"] ?? "");
  expect(served).toBe("4010");
  const token = app.environment["LINQ_INTEGRATION_TOKEN"] ?? "";
  expect(await ask(Number(port), host, token)).toBe(200);
  expect(await ask(Number(port), "elsewhere:4010", token)).toBe(421);

  server.kill("SIGINT");
  expect(await server.ended).toBe(0);
});

function readCompose(): Compose {
  const block = fromMarkdown(readPage("src/sandbox/README.md")).children.find(
    (node) => node.type === "code" && node.lang === "yaml",
  );
  // Checked by what the test does with it.
  return parse(block && "value" in block ? block.value : "") as Compose;
}

/** Lists the subscriptions, with the `Host` that a container would send; returns the status. */
function ask(port: number, host: string, token: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(
      {
        ...{ host: "127.0.0.1", port, path: "/api/partner/v2/webhook_subscriptions" },
        headers: { host, "X-LINQ-INTEGRATION-TOKEN": token },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    )
      .on("error", reject)
      .end();
  });
}
