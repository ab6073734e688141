import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EventName, LinqClient } from "../../src/index.js";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/index.js";
import { type CliResult, type CliWorld, runCli } from "../support/run-cli.js";
import { createWorld } from "../support/sandbox-client.js";

/** A folder with a file in it, and a sandbox. */
export interface FileWorld {
  readonly sandbox: Sandbox;
  readonly linq: LinqClient;
  readonly folder: string;
  readonly write: (name: string, content: unknown) => Promise<void>;
  /** Runs the command line in the folder. */
  readonly run: (argv: readonly string[], world?: CliWorld) => Promise<CliResult>;
  /** Creates subscriptions without the guard against duplicates. */
  readonly give: (...given: readonly Given[]) => Promise<void>;
}

interface Given {
  readonly webhook_url: string;
  readonly events: readonly EventName[];
  readonly secret?: string;
  readonly active?: boolean;
}

/** @param content - the content of linq-webhooks.json; a value that is not text becomes JSON. */
export async function createFileWorld(
  content?: unknown,
  options?: SandboxOptions,
): Promise<FileWorld> {
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-file-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { sandbox, linq } = createWorld(options);
  const write = (name: string, value: unknown): Promise<void> =>
    writeFile(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  if (content !== undefined) await write("linq-webhooks.json", content);
  return {
    ...{ sandbox, linq, folder, write },
    run: (argv, world) => runCli(argv, { cwd: folder, fetch: sandbox.fetch, ...world }),
    give: async (...given) => {
      for (const input of given) {
        await linq.webhookSubscriptions.create(input, { allowDuplicate: true });
      }
    },
  };
}
