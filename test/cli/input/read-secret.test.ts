import { describe, expect, it } from "vitest";
import { verifySignature } from "../../../src/receiver/index.js";
import { createFileWorld } from "../file-world.js";

const SECRET = "s3ntinel of the test";
const CREATE = ["create", "--url=https://example.com/hook", "--event=message.sent"];

describe("a secret", () => {
  it.each([
    ["the environment", ["--secret-env", "HOOK_SECRET"], undefined],
    ["a file", ["--secret-file", "my secret.txt"], SECRET],
    ["a file of Unix", ["--secret-file", "my secret.txt"], `${SECRET}\n`],
    ["a file of Windows", ["--secret-file", "my secret.txt"], `\ufeff${SECRET}\r\n`],
  ])("is read exactly from %s", async (_name, args, content) => {
    const receivers = { "https://example.com/hook": () => new Response() };
    const { run, sandbox, write } = await createFileWorld(undefined, { receivers });
    if (content !== undefined) await write("my secret.txt", content);
    const { code, stdout } = await run([...CREATE, ...args], { env: { HOOK_SECRET: SECRET } });
    expect(code).toBe(0);
    expect(stdout).toContain("secret         yes");
    const [delivery] = await sandbox.emit("message.sent");
    const { body = "", signature = "" } = delivery ?? {};
    expect(await verifySignature({ body, signature, secret: SECRET })).toBe(true);
  });

  it.each([
    [["--secret-env", "S3NTINEL"], "the variable that --secret-env names is not set: export it"],
    [["--secret-env", "EMPTY"], "the variable that --secret-env names must not be empty"],
    [
      ["--secret-env", "PADDED"],
      "the variable that --secret-env names must be without white space around it",
    ],
    [["--secret-env", "MASKED"], "the variable that --secret-env names must be the secret itself"],
    [
      ["--secret-file", "S3NTINEL"],
      "--secret-file must name a file with the secret, but the file does not exist",
    ],
    [["--secret-file", "."], "--secret-file must name a file with the secret, but it is a folder"],
    [["--secret-file", "empty"], "the file that --secret-file names must not be empty"],
    [
      ["--secret-file", "lines"],
      "the file that --secret-file names must be without white space around it",
    ],
    ...["inner", "nul", "short", "long"].map((name): [string[], string] => [
      ["--secret-file", name],
      "the file that --secret-file names must be one line of 6 to 1,024 printable characters",
    ]),
    [
      ["--secret-file", "/dev/zero"],
      "--secret-file must name a file with the secret, but it is a pipe or a device",
    ],
    [
      ["--secret-file", "empty", "--secret-env", "EMPTY"],
      "--secret-env and --secret-file cannot be combined: leave one out",
    ],
  ])("is refused, and not shown, with %j", async (args, expected) => {
    const { run, sandbox, write } = await createFileWorld();
    await write("empty", "\n");
    await write("lines", `${SECRET}\n\n`);
    await write("inner", `${SECRET}\n${SECRET}\n`);
    await write("nul", `${SECRET}\0${SECRET}`);
    await write("short", "S3nti");
    await write("long", SECRET.repeat(60));
    const env = { EMPTY: "", PADDED: ` ${SECRET}`, MASKED: "********" };
    const { code, stderr } = await run([...CREATE, ...args], { env });
    expect(code).toBe(1);
    expect(stderr).toContain(`error: ${expected}`);
    expect(stderr).not.toMatch(/s3ntinel/i);
    expect(sandbox.requests).toEqual([]);
  });
});
