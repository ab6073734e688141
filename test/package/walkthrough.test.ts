import { fromMarkdown } from "mdast-util-from-markdown";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPage } from "../../scripts/manuals.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";

const HEADING = "In five minutes";
const SERVER = "npx linq-webhooks sandbox";
const SERVED_AT = "http://127.0.0.1:4010";

interface Block {
  readonly lang: string;
  readonly text: string;
}

/** The blocks of the section, down to the next heading. */
function readBlocks(): Block[] {
  const nodes = fromMarkdown(readPage("src/sync/README.md")).children;
  const start = nodes.findIndex(
    (node) =>
      node.type === "heading" &&
      node.children.some((child) => child.type === "text" && child.value === HEADING),
  );
  const length = nodes.slice(start + 1).findIndex(({ type }) => type === "heading");
  return nodes
    .slice(start + 1, start + 1 + length)
    .flatMap((node) => (node.type === "code" ? [{ lang: node.lang ?? "", text: node.value }] : []));
}

/** Without what npx says about the machine's own settings. */
function ofOurs(stderr: string): string {
  return stderr.replaceAll(/^npm .*\n/gm, "");
}

let cli: InstalledCli;
let server: WatchedProcess;

beforeAll(async () => {
  cli = await installCli();
  // The same program without npx, which would leave it behind, and on a port that is free.
  server = cli.start("linq-webhooks", ["sandbox", "--port", "0"], {});
  await server.says("Ctrl-C ends it.");
});

afterAll(async () => {
  await cli.remove();
});

it("the walkthrough leads from an empty folder to applied subscriptions, word for word", async () => {
  const [, url = ""] = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(server.stdout()) ?? [];
  const [first, ...blocks] = readBlocks();
  expect(first).toEqual({ lang: "sh", text: SERVER });
  expect(new Set(blocks.map(({ lang }) => lang))).toEqual(new Set(["sh", "jsonc", "text"]));

  let exported = "";
  let printed = "";
  for (const { lang, text } of blocks) {
    if (lang === "jsonc") await cli.write("linq-webhooks.json", text);
    if (lang === "text") expect(printed).toBe(`${text}\n`);
    if (lang !== "sh") continue;
    const commands = text.replaceAll(SERVED_AT, url);
    const shell = cli.start("sh", ["-c", `${exported}\n${commands}`], {});
    const code = await shell.ended;
    expect({ code, stderr: ofOurs(shell.stderr()) }).toEqual({
      code: commands.includes(" plan") ? 2 : 0,
      stderr: "",
    });
    printed = shell.stdout();
    exported += commands.replaceAll(/^(?!export ).*$/gm, "");
  }
  expect(printed).toMatch(/Applied: 1 done, 0 failed, 0 pending\.[^]*https:\/\/example\.com\/hook/);

  server.kill("SIGINT");
  expect(await server.ended).toBe(0);
  expect(server.stdout()).toContain(" POST ");
});
