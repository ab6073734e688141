import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";

/** All entries with code. */
const ENTRIES = ["", "/receiver", "/sandbox", "/stores", "/sync", "/testing"];

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackedPackage();
});

afterAll(async () => {
  await consumer.remove();
});

/** What a program prints, as JSON. */
async function run(name: string, program: string): Promise<unknown> {
  await consumer.write(name, program);
  return JSON.parse((await consumer.run(name)).stdout);
}

describe("an import", () => {
  it.each(ENTRIES)("of linq-webhooks%s does not make Node load its fetch", async (entry) => {
    const program = `
      await import("linq-webhooks${entry}");
      console.log(JSON.stringify(process.moduleLoadList.filter((name) => name.includes("undici"))));`;
    expect(await run("import.mjs", program)).toEqual([]);
  });

  it("and a require load the same module", async () => {
    const program = `
      const required = ${JSON.stringify(ENTRIES)}.map((entry) => require("linq-webhooks" + entry));
      Promise.all(${JSON.stringify(ENTRIES)}.map((entry) => import("linq-webhooks" + entry))).then(
        (imported) => console.log(JSON.stringify(required.map((one, index) =>
          Object.keys(one).every((name) => one[name] === imported[index][name])))),
      );`;
    expect(await run("require.cjs", program)).toEqual(ENTRIES.map(() => true));
  });

  it("of two entries shares what both export", async () => {
    const program = `
      const all = await Promise.all(${JSON.stringify(ENTRIES)}.map((e) => import("linq-webhooks" + e)));
      const values = new Map();
      for (const one of all) for (const [name, value] of Object.entries(one))
        values.set(name, (values.get(name) ?? new Set()).add(value));
      console.log(JSON.stringify([...values].filter(([, different]) => different.size > 1)));`;
    expect(await run("shared.mjs", program)).toEqual([]);
  });
});

it("an error shows the lines of the sources", async () => {
  const program = `
    import { createLinqClient } from "linq-webhooks";
    try { createLinqClient({ token: "" }); } catch (error) { console.log(JSON.stringify(error.stack)); }`;
  await consumer.write("stack.mjs", program);
  const { stdout } = await consumer.run("--enable-source-maps", "stack.mjs");
  const lines = (JSON.parse(stdout) as string).split("\n").filter((line) => /^ +at/.test(line));
  const ours = lines.filter((line) => line.includes("node_modules/linq-webhooks"));
  expect(ours.length).toBeGreaterThan(1);
  for (const line of ours) expect(line).toMatch(/linq-webhooks\/src\/[a-z/-]+\.ts:\d+:\d+/);
});

describe("the files for CommonJS", () => {
  it("export what the modules export, and share it among them", async () => {
    const program = `
      const { join } = require("node:path");
      const root = join(require.resolve("linq-webhooks/package.json"), "..");
      const manifest = require("linq-webhooks/package.json");
      const entries = ${JSON.stringify(ENTRIES)};
      const commonJs = entries.map((entry) => require(join(root, manifest.exports["." + entry].require.default)));
      const values = new Map();
      for (const one of commonJs) for (const [name, value] of Object.entries(one))
        values.set(name, (values.get(name) ?? new Set()).add(value));
      Promise.all(entries.map((entry) => import("linq-webhooks" + entry))).then((modules) =>
        console.log(JSON.stringify({
          names: commonJs.map((one) => Object.keys(one).sort()),
          expected: modules.map((one) => Object.keys(one).sort()),
          different: [...values].filter(([, different]) => different.size > 1),
        })),
      );`;
    const { names, expected, different } = (await run("names.cjs", program)) as {
      names: string[][];
      expected: string[][];
      different: unknown[];
    };
    expect(names).toEqual(expected);
    expect(different).toEqual([]);
  });

  it("have declarations that import no ES module of ours", async () => {
    const dist = join(consumer.folder, "node_modules/linq-webhooks/dist");
    const files = await readdir(dist, { recursive: true });
    const declarations = files.filter((file) => file.endsWith(".d.cts"));
    expect(declarations).toContain("src/index.d.cts");
    for (const file of declarations) {
      const { importedFiles } = ts.preProcessFile(await readFile(join(dist, file), "utf8"));
      for (const { fileName } of importedFiles) {
        expect(fileName, file).toMatch(/^\..*\.cjs$|^openapi-fetch$/);
      }
    }
  });

  it("create a subscription, and verify and validate a delivery, without any ES module", async () => {
    const program = `
      const { join } = require("node:path");
      const root = join(require.resolve("linq-webhooks/package.json"), "..");
      const manifest = require("linq-webhooks/package.json");
      const load = (entry) => require(join(root, manifest.exports["." + entry].require.default));
      const { createLinqClient } = load("");
      const { createReceiver } = load("/receiver");
      const { createSandbox } = load("/sandbox");
      (async () => {
        const handled = [];
        const secret = "the-secret-of-this-test";
        const receiver = createReceiver({
          secret, validate: true, on: { "message.sent": ({ event_type }) => handled.push(event_type) },
        });
        const sandbox = createSandbox({ receivers: { "https://example.com/hook": receiver.fetch } });
        const linq = createLinqClient({ token: "any-token", fetch: sandbox.fetch });
        const input = { webhook_url: "https://example.com/hook", events: ["message.sent"], secret };
        const { outcome } = await linq.webhookSubscriptions.ensure(input);
        await sandbox.emit("message.sent");
        const loaded = Object.keys(require.cache).filter((file) => /linq-webhooks.*\\.js$/.test(file));
        console.log(JSON.stringify({ outcome, handled, loaded }));
      })();`;
    expect(await run("use.cjs", program)).toEqual({
      outcome: "created",
      handled: ["message.sent"],
      loaded: [],
    });
  });
});
