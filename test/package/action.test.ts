import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type InstalledCli, installCli } from "../support/installed-cli.js";

/** The parts of the file that are tested, by GitHub's description of composite actions. */
interface Action {
  readonly inputs: Readonly<Record<string, { description: string; default: string }>>;
  readonly outputs: Readonly<Record<string, { description: string; value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

const TOKEN = "s3ntinel-of-the-token";
const ENTRY = {
  webhook_url: "https://example.com/hook|`x`",
  events: "all",
  secret: { env: "HOOK_SECRET" },
};

let action: Action;
let cli: InstalledCli;

beforeAll(async () => {
  const path = new URL("../../.github/actions/plan/action.yml", import.meta.url);
  // Checked by what the tests do with it.
  action = parse(await readFile(path, "utf8")) as Action;
  cli = await installCli();
  await cli.write("linq-webhooks.json", JSON.stringify({ subscriptions: [ENTRY] }));
  await cli.write("none.json", JSON.stringify({ subscriptions: [] }));
  await cli.write("broken.json", "{");
});

afterAll(async () => {
  await cli.remove();
});

interface Run {
  readonly codes: (number | string)[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly stderr: string;
}

/** Runs the steps as a runner does, which fills in expressions and passes on what steps have written. */
async function runAction(url: string, given: Readonly<Record<string, string>> = {}): Promise<Run> {
  await cli.write("output", "");
  await cli.write("summary", "");
  const codes: (number | string)[] = [];
  let stderr = "";
  for (const { run, env } of action.runs.steps) {
    const filled = Object.entries(env).map(([name, value]) => [name, fillInputs(value, given)]);
    const child = cli.start("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
      ...(Object.fromEntries(filled) as Record<string, string>),
      ...{ LINQ_INTEGRATION_TOKEN: TOKEN, LINQ_BASE_URL: url },
      GITHUB_OUTPUT: join(cli.folder, "output"),
      GITHUB_STEP_SUMMARY: join(cli.folder, "summary"),
      // The package is there already, and is the one that is tested.
      ...{ npm_config_offline: "true", npm_config_update_notifier: "false" },
    });
    codes.push(await child.ended);
    stderr += child.stderr();
  }
  const read = (name: string): Promise<string> => readFile(join(cli.folder, name), "utf8");
  const outputs = readOutputs(await read("output"));
  return { codes, outputs, summary: await read("summary"), stderr };
}

function fillInputs(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{\{ inputs\.([\w-]+) \}\}/g,
    (_expression, name: string) => given[name] ?? action.inputs[name]?.default ?? "",
  );
}

/** `name<<delimiter`, the value, and the delimiter, each on lines of their own. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm);
  const pairs = Array.from(found, ([, name = "", , value = ""]): [string, string] => [name, value]);
  return Object.fromEntries(pairs);
}

async function serve(): Promise<{ sandbox: Sandbox; url: string }> {
  const sandbox = createSandbox({ token: TOKEN });
  const { url, close } = await sandbox.listen();
  onTestFinished(close);
  return { sandbox, url };
}

describe("the action that plans", () => {
  it("is composite, has the version of this package, and has no expressions in its scripts", async () => {
    const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };
    expect(action.runs.using).toBe("composite");
    expect(action.inputs["version"]?.default).toBe(version);
    for (const { run, shell } of action.runs.steps) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
    const ids = action.runs.steps.map(({ id }) => id);
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(ids.map((id) => `\${{ steps.${id}.outputs.${name} }}`)).toContain(value);
    }
  });

  it("sets the plan, the comment, and whether there are changes", async () => {
    const { sandbox, url } = await serve();
    const { codes, outputs, summary, stderr } = await runAction(url);
    expect({ codes, stderr }).toEqual({ codes: [0], stderr: "" });
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
    expect(outputs).toMatchObject({ "has-changes": "true", plan: "linq-webhooks-plan.json" });
    expect(outputs["markdown"]).toMatch(
      /^<!-- linq-webhooks plan -->\n[^]*\nApplying it needs .*\.$/,
    );
    expect(summary).toBe(`${outputs["markdown"] ?? ""}\n`);
    expect(JSON.stringify(outputs)).not.toContain("s3ntinel");
    const apply = cli.start("linq-webhooks", ["apply", "linq-webhooks-plan.json", "--yes"], {
      ...{ LINQ_BASE_URL: url, LINQ_INTEGRATION_TOKEN: TOKEN, HOOK_SECRET: "a secret of ours" },
    });
    expect(await apply.ended).toBe(0);
    expect(sandbox.subscriptions).toMatchObject([{ webhook_url: ENTRY.webhook_url }]);
  });

  it("reports that there is nothing to change for the file that is named", async () => {
    const { url } = await serve();
    const given = { config: "none.json", out: "nothing; echo.json" };
    const { codes, outputs } = await runAction(url, given);
    expect(codes).toEqual([0]);
    expect(outputs).toMatchObject({ "has-changes": "false", plan: "nothing; echo.json" });
    expect(await readFile(join(cli.folder, "nothing; echo.json"), "utf8")).toContain('"steps": []');
  });

  it.each(["broken.json", "missing.json", "$(touch hacked).json"])(
    "fails with the reason, and sets nothing: %s",
    async (config) => {
      const { url } = await serve();
      const { codes, outputs, stderr } = await runAction(url, { config });
      expect({ codes, outputs }).toEqual({ codes: [1], outputs: {} });
      expect(stderr).toMatch(/^error: /m);
      await expect(readFile(join(cli.folder, "hacked"))).rejects.toThrow("ENOENT");
    },
  );
});
