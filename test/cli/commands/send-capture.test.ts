import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { createReceiver, signBody } from "../../../src/receiver/index.js";
import type { CliResult, CliWorld } from "../../support/run-cli.js";
import { createFileWorld, type FileWorld } from "../file-world.js";

const SECRET = "s3ntinel of the test";
const OTHER = "another s3ntinel";
/** JSON in a layout that no code of ours writes. */
const BODY =
  '{ "event_type":"message.sent",\t"event_id": "an-id", "data": {"text": "caf\\u00e9\\/"} }\n';
const TO = "--to=https://example.com/hook";
const SIGNATURE = `--signature=sha256=${"5d".repeat(32)}`;

interface CaptureWorld extends Pick<FileWorld, "write"> {
  readonly send: (...args: string[]) => Promise<CliResult>;
  readonly received: { readonly body: Buffer; readonly signature: string | null }[];
}

/** @param statuses - the answers of the receiver in order; the last one repeats. */
async function createCaptureWorld(...statuses: number[]): Promise<CaptureWorld> {
  const { run, write } = await createFileWorld();
  const received: { body: Buffer; signature: string | null }[] = [];
  const fetch: CliWorld["fetch"] = async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    received.push({ body, signature: request.headers.get("X-Webhook-Signature") });
    return new Response(null, { status: statuses[received.length - 1] ?? statuses.at(-1) ?? 200 });
  };
  await write("body.json", BODY);
  const env = { HOOK_SECRET: SECRET, LINQ_INTEGRATION_TOKEN: undefined };
  return { write, received, send: (...args) => run(["send", TO, ...args], { fetch, env }) };
}

describe("send --body-file", () => {
  it("sends every byte unchanged, with the original signature", async () => {
    const { send, received } = await createCaptureWorld();
    const signature = await signBody(BODY, OTHER);
    const { code, stdout, stderr } = await send(
      "--body-file=body.json",
      `--signature=${signature}`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe("200 in 0 ms: message.sent an-id, signed\n");
    expect(received).toEqual([{ body: Buffer.from(BODY), signature }]);
  });

  it("signs the body with a given secret, and does not sign it without one", async () => {
    const { send, received } = await createCaptureWorld();
    await send("--body-file=body.json", "--secret-env=HOOK_SECRET");
    const { stdout } = await send("--body-file=body.json");
    expect(stdout).toContain("not signed");
    expect(received).toEqual([
      { body: Buffer.from(BODY), signature: await signBody(BODY, SECRET) },
      { body: Buffer.from(BODY), signature: null },
    ]);
  });

  it.each([
    ["is not JSON", "{", "note: the file is not JSON, and is sent unchanged"],
    ["is empty", "", "note: the file is not JSON, and is sent unchanged"],
    ["begins with a byte order mark", `\ufeff${BODY}`, "note: the file is not JSON"],
    ["contains a list", "[1]", "note: the file has no event_type or no event_id"],
    ["contains an event without an id", '{"event_type":"x"}', "note: the file has no event_type"],
  ])("also sends a file that %s, and prints a note", async (_name, body, note) => {
    const { send, received, write } = await createCaptureWorld();
    await write("body.json", body);
    const { code, stdout } = await send("--body-file=body.json", SIGNATURE);
    expect(code).toBe(0);
    expect(stdout).toContain(note);
    expect(received[0]?.body).toEqual(Buffer.from(body));
  });

  it("prints the note as JSON with --json, and null for an unknown event", async () => {
    const { send, write } = await createCaptureWorld();
    await write("body.json", "no JSON");
    const { stdout } = await send("--body-file=body.json", "--json");
    expect(JSON.parse(stdout)).toEqual({
      ...{ version: 1, event_type: null, event_id: null, signed: false },
      note: "the file is not JSON, and is sent unchanged",
      ...{ status: 200, duration: 0, answer: "" },
    });
  });

  it.each([
    [
      ["--body-file=body.json", "message.sent"],
      "<event> and --body-file cannot be combined: leave out <event>",
    ],
    [
      ["--body-file=body.json", "--data-file=x"],
      "--data-file and --body-file cannot be combined: leave one out",
    ],
    [
      ["--body-file=body.json", SIGNATURE, "--secret-env=HOOK_SECRET"],
      "--signature cannot be combined with --secret-env or --secret-file",
    ],
    [["message.sent", SIGNATURE], "--signature needs a captured body"],
    [
      ["--body-file=body.json", "--signature=s3ntinel"],
      "--signature must be an original X-Webhook",
    ],
    [["--body-file=s3ntinel"], "--body-file must name a file with a body, but the file does"],
    [["--body-file=."], "--body-file must name a file with a body, but it is a folder"],
    [[], "linq-webhooks send needs <event>, or --body-file=<path>"],
  ])("refuses %j, and sends nothing", async (args, expected) => {
    const { send, received } = await createCaptureWorld();
    const { code, stdout, stderr } = await send(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(stderr).not.toContain("s3ntinel");
    expect(received).toEqual([]);
  });
});

describe("send --twice", () => {
  it("sends the same delivery twice, and prints both answers", async () => {
    const { send, received } = await createCaptureWorld(200, 202);
    const { code, stdout } = await send("message.sent", "--twice", "--secret-env=HOOK_SECRET");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^200 in 0 ms: message\.sent \S+, signed\n202 in 0 ms: the same event again\n$/,
    );
    expect(received).toHaveLength(2);
    expect(received[0]).toEqual(received[1]);
  });

  it.each([
    [[500, 200], "the receiver answered 500; only 2xx counts", [500, 200]],
    [[200, 409], "the receiver answered 200, and 409 to the same event again", [200, 409]],
    [[404, 500], "the receiver answered 404; nothing takes deliveries", [404, 500]],
  ])("fails unless the receiver accepts both deliveries: %j", async (statuses, expected, shown) => {
    const { send, received } = await createCaptureWorld(...statuses);
    const { code, stdout, stderr } = await send("--body-file=body.json", "--twice");
    expect(code).toBe(1);
    expect(stdout.match(/^\d+(?= in )/gm)?.map(Number)).toEqual(shown);
    expect(stderr).toContain(`error: ${expected}`);
    expect(received).toHaveLength(2);
  });

  it("prints both answers as JSON with --json", async () => {
    const { send } = await createCaptureWorld(200, 500);
    const { stdout } = await send("--body-file=body.json", "--twice", "--json");
    expect(JSON.parse(stdout)).toEqual({
      ...{ version: 1, event_type: "message.sent", event_id: "an-id", signed: false },
      ...{ status: 200, duration: 0, answer: "" },
      again: { status: 500, duration: 0, answer: "" },
    });
  });

  it("shows that our receiver handles the event once", async () => {
    const handled: unknown[] = [];
    const receiver = createReceiver({
      secret: SECRET,
      on: { "message.sent": ({ event_id }) => void handled.push(event_id) },
    });
    const { run } = await createFileWorld();
    const args = ["send", "message.sent", TO, "--twice", "--secret-env=HOOK_SECRET"];
    const { code } = await run(args, {
      fetch: (input, init) => receiver.fetch(new Request(input, init)),
      env: { HOOK_SECRET: SECRET },
    });
    await receiver.close();
    expect(code).toBe(0);
    expect(handled).toHaveLength(1);
  });

  it("says which delivery got no answer", async () => {
    const { run } = await createFileWorld();
    let calls = 0;
    const { code, stdout, stderr } = await run(["send", "message.sent", TO, "--twice"], {
      fetch: () =>
        ++calls === 1
          ? Promise.resolve(new Response())
          : Promise.reject(new TypeError("fetch failed")),
    });
    expect(code).toBe(1);
    expect(stdout).toContain("200 in 0 ms");
    expect(stderr).toContain("error: the second time no answer came; check --to");
  });
});
