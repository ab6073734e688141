import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";

let consumer: Consumer;
let root: string;
/** Every file of the tarball. */
let files: readonly string[];

beforeAll(async () => {
  consumer = await installPackedPackage();
  root = join(consumer.folder, "node_modules", "linq-webhooks");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
});

afterAll(async () => {
  await consumer.remove();
});

describe("the tarball", () => {
  it("contains the library, its sources and its documents, and nothing else", () => {
    const tops = new Set(files.map((file) => file.split("/")[0]));
    expect([...tops].sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist",
      "generated",
      "llms.txt",
      "package.json",
      "src",
    ]);
    expect(files.filter((file) => /\.test\.|(^|\/)(test|scripts|spec)\//.test(file))).toEqual([]);
  });

  it("has a map for each file of the library, which refers to a source that is shipped", async () => {
    const compiled = files.filter((file) =>
      /^dist\/(?!page\/|src\/cli\/).*\.(js|d\.ts)$/.test(file),
    );
    const mapped = new Set<string>();
    for (const file of compiled) {
      const map = `${file}.map`;
      expect(files).toContain(map);
      const { sources } = JSON.parse(await readFile(join(root, map), "utf8")) as {
        sources: string[];
      };
      for (const source of sources) {
        const path = join(dirname(map), source);
        expect(existsSync(join(root, path)), `${map}: ${source}`).toBe(true);
        mapped.add(path);
      }
    }
    // An entry, what it shares with others, and a type.
    for (const source of ["client", "errors/linq-error", "receiver/receiver"]) {
      expect(mapped).toContain(`src/${source}.ts`);
    }
  });

  it("has the page, bundled", () => {
    expect(files.filter((file) => file.startsWith("dist/page/")).sort()).toEqual([
      "dist/page/index.html",
      "dist/page/page.css",
      "dist/page/page.js",
    ]);
  });

  it("is published with public access", async () => {
    const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    expect(manifest).toMatchObject({ publishConfig: { access: "public" } });
  });
});
