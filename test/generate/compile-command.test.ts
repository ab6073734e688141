import { execFile } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { REPOSITORY } from "./project.js";

const runFile = promisify(execFile);

/** The generator in a folder of its own, not yet compiled. */
function copyGenerator() {
  const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-generator-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const sources = join(folder, "scripts/generate");
  for (const name of ["package.json", "prettier.config.js", "scripts/generate.js"]) {
    cpSync(join(REPOSITORY, name), join(folder, name));
  }
  cpSync(join(REPOSITORY, "scripts/generate"), sources, {
    recursive: true,
    filter: (path) => !path.endsWith(".mjs"),
  });
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "dir");
  return {
    sources,
    help: async () => {
      const { stdout } = await runFile(process.execPath, ["scripts/generate.js", "--help"], {
        cwd: folder,
      });
      return stdout;
    },
    compiled: () => readdirSync(sources).filter((name) => name.endsWith(".mjs")),
  };
}

it("runs that start at once share one compiled command", async () => {
  const { help, compiled } = copyGenerator();
  const texts = await Promise.all(Array.from({ length: 6 }, help));
  for (const text of texts) expect(text).toContain("--from");
  expect(compiled()).toHaveLength(1);
});

it("a change of the generator replaces its compiled command", async () => {
  const { help, compiled, sources } = copyGenerator();
  const before = await help();
  const [first] = compiled();
  expect(await help()).toBe(before);
  expect(compiled()).toEqual([first]);

  const file = join(sources, "read-options.ts");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("--from", "--source"));
  expect(await help()).toBe(before.replaceAll("--from", "--source"));
  expect(compiled()).toHaveLength(1);
  expect(compiled()).not.toEqual([first]);
});
