import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const ANNOUNCEMENT = /take about six minutes.*\n.*npm.*apt-get.*Playwright/;

const runFile = promisify(execFile);

/** What `npm run` prints with a script on one small file, on each of the two streams. */
async function runOnOneFile(script: string): Promise<{ stdout: string; stderr: string }> {
  const args = ["run", script, "--", "test/errors/linq-error.test.ts"];
  return runFile("npm", args, { cwd: REPOSITORY });
}

it("npm test says how long it takes and what it installs", async () => {
  const { stdout, stderr } = await runOnOneFile("test");
  expect(stderr).toMatch(ANNOUNCEMENT);
  // npm starts the script that says so, and then the tests.
  expect(stdout).toMatch(/ pretest\n[^]* test\n[^]*vitest run/);
});

it("npm run test:unit prints no such announcement", async () => {
  const { stderr } = await runOnOneFile("test:unit");
  expect(stderr).not.toMatch(ANNOUNCEMENT);
});
