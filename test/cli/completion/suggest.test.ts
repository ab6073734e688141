import { describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { COMMANDS } from "../../../src/cli/commands.js";
import { runCli } from "../../support/run-cli.js";
import { createFileWorld } from "../file-world.js";

/** The words that are suggested for the last one, without their descriptions. */
async function suggest(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCli(["__complete", ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return [...stdout.matchAll(/^[^\t\n]+/gm)].map(([word]) => word);
}

describe("a suggested word", () => {
  it("is one of the commands, but never the hidden one", async () => {
    expect(await suggest("")).toEqual(Object.keys(COMMANDS));
    expect(await suggest("help", "")).toEqual(Object.keys(COMMANDS));
    expect(await suggest("__")).toEqual([]);
    expect(await suggest()).toEqual(Object.keys(COMMANDS));
  });

  it.each(Object.keys(COMMANDS))("is an option of %s that its help lists", async (name) => {
    const { stdout } = await runCli([name, "--help"]);
    const listed = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
    expect(await suggest(name, "-")).toEqual(listed);
  });

  it.each<[string, string[], readonly string[]]>([
    ["an event", ["send", ""], EVENT_NAMES],
    ["an event, as a value", ["doctor", "--event", ""], EVENT_NAMES],
    ["an event after =", ["sandbox", "--emit=call.c"], ["--emit=call.completed"]],
    ["one more event", ["ensure", "--event", "call.completed,call.c"], []],
    ["a file", ["plan", "--file", ""], [":files"]],
    ["a file after =", ["send", "--body-file=x"], [":files"]],
    ["a file as an argument", ["apply", "--yes", ""], [":files"]],
    ["a shell", ["completion", ""], ["bash", "zsh", "fish"]],
    ["a word of a fault", ["sandbox", "--fault", "reset="], ["reset=none", "reset=done"]],
    ["a field of a fault", ["sandbox", "--fault", "freeze,t"], ["freeze,times="]],
    ["no field of an unknown fault", ["sandbox", "--fault", "nothing,"], []],
    [
      "a word of a switch",
      ["sandbox", "--switch", "missingId="],
      ["missingId=404", "missingId=204"],
    ],
    ["no switch that only a program can set", ["sandbox", "--switch", "stored"], []],
    ["nothing for free text", ["list", "--url", ""], []],
    ["an option that is given once", ["get", "7", "--verb"], ["--verbose"]],
    ["no option that is already given", ["get", "--verbose", "7", "--verb"], []],
    ["an option that can be repeated", ["list", "--event=x", "--ev"], ["--event"]],
    ["nothing of an unknown command", ["nothing", ""], []],
    ["nothing of a name that all objects have", ["toString", ""], []],
    ["nothing of an option that all objects have", ["list", "--constructor", "--cons"], []],
  ])("is %s", async (_name, words, expected) => {
    expect(await suggest(...words)).toEqual(expected);
  });
});

describe("an id", () => {
  const INPUT = { webhook_url: "https://me:s3ntinel@example.com/hook", events: ["call.completed"] };

  it.each(["get", "update", "delete"])("is one of the account for %s", async (name) => {
    const { run, give } = await createFileWorld();
    await give({ ...INPUT, events: ["call.completed"] });
    const { code, stdout, stderr } = await run(["__complete", name, ""]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^1\thttps:\/\/.*example\.com\/hook call\.completed\n$/);
    expect(stdout).not.toContain("s3ntinel");
    expect((await run(["__complete", name, "x"])).stdout).toBe("");
    expect((await run(["__complete", name, "1", ""])).stdout).not.toContain("example.com");
  });

  it("is requested once, and only with a token", async () => {
    const { run, sandbox } = await createFileWorld();
    const env = { LINQ_INTEGRATION_TOKEN: "", LINQ_BASE_URL: "http://localhost:4010" };
    expect((await run(["__complete", "get", ""], { env })).stdout).toBe("");
    expect(sandbox.requests).toEqual([]);
    sandbox.inject({ kind: "status", status: 503, times: Infinity });
    expect(await run(["__complete", "get", ""])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe("completion", () => {
  it("prints the script of a shell as text or as JSON", async () => {
    const { stdout } = await runCli(["completion", "bash"]);
    expect(stdout).toMatch(/^# Completes linq-webhooks in bash[^]*complete -F _linq_webhooks/);
    const json = await runCli(["completion", "fish", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, shell: "fish" });
  });

  it.each([
    [[], "linq-webhooks completion needs <shell>"],
    [["bahs"], "<shell> must be one of bash, zsh, fish; did you mean `bash`?"],
    [["powershell-s3ntinel"], "<shell> must be one of bash, zsh, fish\n"],
  ])("refuses %j", async (args, expected) => {
    const { code, stdout, stderr } = await runCli(["completion", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(stderr).not.toContain("s3ntinel");
  });
});
