import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createReceiver } from "../../src/receiver/index.js";
import { createHmac } from "../../src/receiver/runtime.js";
import { createEvent } from "../../src/sandbox/index.js";
import { startJudge } from "../judge/start-judge.js";
import { startServer } from "../support/raw-server.js";
import { bundleProgram } from "../support/bundle-program.js";
import { thrownBy } from "../support/rejection.js";
import { deliver, SECRET } from "../receiver/delivery.js";

const program = bundleProgram("../wild/old-runtime-program.ts");
afterAll(program.remove);

const FEATURES = [
  ["URL.canParse"],
  ["throwIfAborted"],
  ["AbortSignal.any"],
  ["signal.reason"],
  ["navigator.locks"],
  ["crypto"],
  ["Request"],
  ["TextDecoder"],
  ["Object.groupBy"],
];

describe("the client in a runtime without", () => {
  it.each([...FEATURES, FEATURES.flat()])("%s %s %s %s %s %s %s %s %s", async (...features) => {
    const judge = await startJudge();
    onTestFinished(judge.close);
    const silent = await startServer(() => undefined);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      program.path,
      judge.url,
      silent.url,
      ...features,
    ]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      ensured: { outcome: "created" },
      again: { outcome: "unchanged" },
      aborted: { name: "AbortError" },
      late: { name: "AbortError" },
      timeout: { name: "LinqTimeoutError", code: "timeout" },
    });
    expect(judge.rows()).toHaveLength(1);
    expect(judge.count("POST")).toBe(1);
  });

  it("fetch rejects with an error that names it", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      program.path,
      "http://127.0.0.1:1",
      "http://127.0.0.1:1",
      "fetch",
    ]);
    const { ensured } = JSON.parse(stdout) as { ensured: unknown };
    expect(ensured).toMatchObject({
      code: "invalid_input",
      message: "`fetch` must be given, because this runtime has none",
    });
  });
});

describe("without Web Crypto", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each<[what: string, call: () => unknown]>([
    ["a receiver's HMAC, where it is not Node's", () => createHmac(SECRET)],
    ["an event of the sandbox", () => createEvent("message.read")],
  ])("%s throws an error that names `crypto.subtle`", (_what, call) => {
    for (const crypto of [undefined, { getRandomValues: () => undefined }]) {
      vi.stubGlobal("crypto", crypto);
      expect(thrownBy(call)).toMatchObject({
        code: "invalid_input",
        message: expect.stringMatching(/`crypto\.subtle` must be available: .*https:/) as string,
      });
    }
  });

  it("a receiver reports the error to onError, and answers 503", async () => {
    const onError = vi.fn();
    const on = { "message.read": () => undefined };
    const receiver = createReceiver({ secret: SECRET, on, onError });
    vi.stubGlobal("crypto", undefined);
    expect(await receiver.receive(deliver())).toMatchObject({ status: 503, outcome: "failed" });
    expect(String(onError.mock.calls[0])).toContain("`crypto.subtle` must be available");
  });
});
