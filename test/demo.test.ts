import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("../", import.meta.url));
const runFile = promisify(execFile);

describe("npm run demo", () => {
  it("shows every step, and prints neither token nor secret", async () => {
    const { stdout, stderr } = await runFile("npm", ["run", "demo"], { cwd: repository });
    expect(stdout.match(/✓/g)).toHaveLength(12);
    expect(stdout).not.toContain("✗");
    expect(stdout + stderr).not.toMatch(/a-token-for|a-secret-for/);
  });

  it("does not touch the real API when a token is set, and says how to", async () => {
    const env = { ...process.env, LINQ_INTEGRATION_TOKEN: "sentinel-of-a-token" };
    const { stdout } = await runFile("npm", ["run", "demo"], { cwd: repository, env });
    expect(stdout).toContain("LINQ_INTEGRATION_TOKEN is set, but was not used");
    expect(stdout).not.toContain("sentinel-of-a-token");
  });
});
