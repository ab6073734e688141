import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { createReceiver, signBody } from "linq-webhooks/receiver";
import { createEvent } from "linq-webhooks/sandbox";
import { asCurl } from "../../src/page/deliveries/as-curl.js";
import { asTest } from "../../src/page/deliveries/as-test.js";

it.each([
  '{"text":"it\'s $(touch /tmp/x) `id` \\\\ !! %s"}',
  "@/etc/hostname",
  "line\nbreak\r\n\ttab",
  "ünï\u{1F600}",
  "-d other",
])("a shell passes curl the body %j unchanged, and nothing else", (body) => {
  const url = "http://127.0.0.1:4010/hook?[a]={b}'";
  const headers = [
    ["x-of-mine", "it's; $HOME"],
    ["Host", "elsewhere"],
    ["content-length", "3"],
    ["@/etc/hostname", "no name of a header"],
  ] as const;
  // A function with the name of curl prints its arguments.
  const script = `curl() { printf '%s\\0' "$@"; }\n${asCurl({ headers, body }, url)}`;
  const given = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  expect(given).toEqual([
    "--globoff",
    ...["--url", url],
    ...["--header", "x-of-mine: it's; $HOME"],
    ...["--data-raw", body],
  ]);
});

it.each([
  ["a known event", JSON.stringify(createEvent("message.received"))],
  ["an unknown event", '{"event_type":"new\\"thing`${1}","event_id":"1","data":{"a":"</script>"}}'],
  ["no event", '{"data":{}}'],
  ["no JSON", "it's \u2028 `${x}` \\ no JSON"],
])("the copied test of %s passes", async (_name, body) => {
  vi.spyOn(console, "warn").mockReturnValue();
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-copy-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "copy.mjs");
  // Its imports are passed to it; everything else is as it was copied.
  const copied = asTest(body).replaceAll(/^import .*$/gm, "");
  await writeFile(
    file,
    `export const run = ({ createReceiver, signBody, expect, it, vi }) => {\n${copied}\n};`,
  );
  const { run } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Copy;
  const tasks: (() => Promise<void>)[] = [];
  run({ createReceiver, signBody, expect, vi, it: (_title, task) => tasks.push(task) });
  expect(tasks).toHaveLength(1);
  await tasks[0]?.();
});

/** What the file above exports. */
interface Copy {
  readonly run: (given: {
    readonly createReceiver: typeof createReceiver;
    readonly signBody: typeof signBody;
    readonly expect: typeof expect;
    readonly vi: typeof vi;
    readonly it: (title: string, task: () => Promise<void>) => void;
  }) => void;
}
