import { expect, it } from "vitest";
import { FAULT_FORMS } from "../../../src/cli/sandbox/fault-fields.js";
import { readFaults } from "../../../src/cli/sandbox/read-faults.js";
import { listSwitches, readSwitches } from "../../../src/cli/sandbox/read-switches.js";
import { createSandbox, type Fault } from "../../../src/sandbox/index.js";
import { runCli } from "../../support/run-cli.js";

const WRITTEN: readonly (readonly [string, Fault])[] = [
  ["latency=20", { kind: "latency", ms: 20 }],
  ["latency=20-50,where=after", { kind: "latency", ms: [20, 50], where: "after" }],
  ["reset", { kind: "reset" }],
  ["reset=done", { kind: "reset", write: "done" }],
  ["truncate=3", { kind: "truncate", write: { afterRequests: 3 } }],
  ["stall,part=headers", { kind: "stall", part: "headers" }],
  ["garble", { kind: "garble" }],
  ["empty,write=none", { kind: "empty", write: "none" }],
  ["html", { kind: "html", status: 502 }],
  ["html=404", { kind: "html", status: 404 }],
  ["status=429,retryAfter=2", { kind: "status", status: 429, retryAfter: 2 }],
  [
    "status=503,retryAfter=Wed, 21 Oct 2026 07:28:00 GMT",
    { kind: "status", status: 503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" },
  ],
  [
    "redirect=https://a.example/?x=1,2,status=308",
    { kind: "redirect", location: "https://a.example/?x=1,2", status: 308 },
  ],
  ["hide=5", { kind: "hide", requests: 5 }],
  [
    "freeze,times=all,skip=1,operation=listWebhookSubscriptions",
    { kind: "freeze", times: Infinity, skip: 1, operation: "listWebhookSubscriptions" },
  ],
];

it.each(WRITTEN)("reads %s as a fault that the sandbox accepts", (text, fault) => {
  expect(readFaults([text])).toEqual([fault]);
  expect(() => createSandbox({ faults: [fault] })).not.toThrow();
});

it.each(listSwitches())("sets %s to each of its values", (name, { words = [], value }) => {
  for (const text of [...words, ...(value === undefined ? [] : ["2"])]) {
    expect(() => createSandbox({ switches: readSwitches([`${name}=${text}`]) })).not.toThrow();
  }
});

it("the help lists each fault and each switch", async () => {
  const { stdout } = await runCli(["sandbox", "--help"]);
  for (const name of [...Object.keys(FAULT_FORMS), ...listSwitches().map(([each]) => each)]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  }
});
