import { validateWorkflow } from "@action-validator/core";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isObject, arrayAt, stringAt, type Json } from "../../scripts/generate/json.js";
import { createProject, REPOSITORY, type Project } from "./project.js";
import { copyProject, VENDOR_PAGE } from "./vendor-project.js";

const WORKFLOWS = join(REPOSITORY, ".github/workflows");
const CERTIFICATE = join(REPOSITORY, "test/wild/certificate.pem");

test.each(await readdir(WORKFLOWS))("%s is a valid workflow", async (name) => {
  const { errors } = validateWorkflow(await readFile(join(WORKFLOWS, name), "utf8"));
  expect(errors).toEqual([]);
});

describe("the step of bench.yml", () => {
  test.each([
    ["ends well", 0],
    ["fails", 1],
  ])("shows the table and %s when the comparison does", async (_how, status) => {
    const project = await createProject({
      "runner/summary": "",
      "package.json": JSON.stringify({
        scripts: { "bench:compare": `node compare.js ${status}` },
      }),
      "compare.js":
        'console.log(process.argv.slice(3).join(" ")); process.exitCode = Number(process.argv[2]);',
    });
    const workflow = parse(await readFile(join(WORKFLOWS, "bench.yml"), "utf8")) as Json;
    const steps = arrayAt(workflow, "jobs", "compare", "steps");
    const step = steps.find((one) => isObject(one) && one["name"] === "Compare with the base");
    const runner = join(project.folder, "runner");
    const child = spawn("bash", ["-e", "-c", stringAt(step, "run") ?? "exit 99"], {
      cwd: project.folder,
      env: {
        ...{ ...process.env, BASE: "abc123" },
        ...{ RUNNER_TEMP: runner, GITHUB_STEP_SUMMARY: join(runner, "summary") },
      },
    });
    await once(child, "close");
    expect(child.exitCode).toBe(status);
    expect(await project.read("runner/summary")).toBe("--base abc123 --fail\n");
  });
});

describe("the steps of spec.yml", () => {
  let project: Project;
  let server: Server;
  let page: string;
  let origin: string;

  beforeAll(async () => {
    project = await copyProject();
    page = await project.read(VENDOR_PAGE);
    const [key, cert] = await Promise.all(
      ["key.pem", "certificate.pem"].map((name) => readFile(join(REPOSITORY, "test/wild", name))),
    );
    server = createServer({ key, cert }, (_, response) => response.end(page));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A server that listens on a port has an address of this kind.
    origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    const generate = `node ${join(REPOSITORY, "scripts/generate.js")}`;
    await project.write({
      "package.json": JSON.stringify({ scripts: { generate, check: "exit $CHECK_STATUS" } }),
      ".gitignore": "/runner\n",
      "runner/bin/gh": '#!/bin/sh\nfor one in "$@"; do echo "$one"; done > "$RUNNER_TEMP/gh.txt"\n',
      "runner/output": "",
    });
    await chmod(join(project.folder, "runner/bin/gh"), 0o755);
    await mkdir(join(project.folder, "runner/temp"));
    project.commit();
    git("init", "--quiet", "--bare", "runner/origin.git");
    git("remote", "add", "origin", join(project.folder, "runner/origin.git"));
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("stop with a message if nobody has set the address", async () => {
    const { code, stderr } = await runStep("Fetch the page and regenerate", { SPEC_URL: "" });
    expect(code).not.toBe(0);
    expect(stderr).toContain("set the repository variable SPEC_URL to the URL of the page");
  });

  test("report that nothing has changed, so that the other steps are skipped", async () => {
    const { code } = await runStep("Fetch the page and regenerate");
    expect(code).toBe(0);
    expect(await outputs()).toEqual({ title: "Follow the vendor's page" });
  });

  test("regenerate from a changed page, and report whether that breaks users", async () => {
    page = page.replaceAll('"message.read",', "");
    const { code, stdout } = await runStep("Fetch the page and regenerate");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^breaking .*value "message.read"/m);
    expect(await outputs()).toEqual({
      title: "Follow the vendor's page: breaking changes",
      changed: "true",
    });
  });

  test.each([
    ["pass", "0"],
    ["fail", "1"],
  ])("open a pull request with the report when the checks %s", async (outcome, CHECK_STATUS) => {
    expect(await runStep("Run the checks", { CHECK_STATUS })).toMatchObject({ code: 0 });
    expect(await outputs()).toMatchObject({ outcome });
    const env = { TITLE: "Follow", OUTCOME: outcome };
    expect(await runStep("Open a pull request", env)).toMatchObject({ code: 0 });
    const body = await project.read("runner/temp/body.md");
    expect(body).toMatch(/breaking .*value "message.read"/);
    expect(body).toContain(`\`npm run check\`: ${outcome}`);
    expect(await project.read("runner/temp/gh.txt")).toContain("pr\ncreate\n--title\nFollow\n");
    const pushed = git("show", "--name-only", "--format=%s", "origin/spec/regenerate");
    expect(pushed).toContain("feat(spec): follow the vendor's page");
    expect(pushed).toContain(VENDOR_PAGE);
    git("reset", "--quiet", "--soft", "HEAD~1");
  });

  test("stop if the page cannot be read", async () => {
    page = "<html>Log in</html>";
    const { code, stderr } = await runStep("Fetch the page and regenerate");
    expect(code).toBe(1);
    expect(stderr).toContain("has no OpenAPI document");
  });

  function git(...args: string[]): string {
    return execFileSync("git", args, { cwd: project.folder, encoding: "utf8" });
  }

  /** Runs the shell lines of a step as the runner does. */
  async function runStep(
    name: string,
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const workflow = parse(await readFile(join(WORKFLOWS, "spec.yml"), "utf8")) as Json;
    const steps = arrayAt(workflow, "jobs", "regenerate", "steps");
    const step = steps.find((one) => isObject(one) && one["name"] === name);
    const temp = join(project.folder, "runner/temp");
    await project.write({ "runner/output": "" });
    const child = spawn("bash", ["-eo", "pipefail", "-c", stringAt(step, "run") ?? "exit 99"], {
      cwd: project.folder,
      env: {
        ...process.env,
        ...{ PATH: `${project.folder}/runner/bin:${process.env["PATH"] ?? ""}`, RUNNER_TEMP: temp },
        ...{ GITHUB_OUTPUT: join(project.folder, "runner/output"), BRANCH: "spec/regenerate" },
        ...{ NODE_EXTRA_CA_CERTS: CERTIFICATE, SPEC_URL: `${origin}/webhook-subscriptions.md` },
        ...env,
      },
    });
    const closed = once(child, "close");
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await closed;
    return { code: child.exitCode, stdout, stderr };
  }

  async function outputs(): Promise<Record<string, string>> {
    const lines = (await project.read("runner/output")).trim().split("\n");
    return Object.fromEntries(
      lines.map((line) => [line.split("=", 1).join(), line.slice(line.indexOf("=") + 1)]),
    );
  }
});
