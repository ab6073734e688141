import { onTestFinished } from "vitest";
import { createReceiver, type LinqEvent } from "../../src/receiver/index.js";
import type { SandboxOptions } from "../../src/sandbox/index.js";
import { serveReceiver } from "../frameworks/serve-receiver.js";
import { type CliResult, type CliWorld, runCli } from "../support/run-cli.js";
import { createFileWorld, type FileWorld } from "./file-world.js";

/** The address of the sandbox; `findApi` considers it to be on this machine. */
export const LOCAL_API = "http://sandbox.localhost";

/** A sandbox as the API, and everything else on the real network. */
export interface HookWorld extends Pick<FileWorld, "sandbox" | "linq" | "give"> {
  readonly run: (argv: readonly string[], world?: CliWorld) => Promise<CliResult>;
}

export async function createHookWorld(options?: SandboxOptions): Promise<HookWorld> {
  const { sandbox, linq, give } = await createFileWorld(undefined, options);
  const fetch: NonNullable<CliWorld["fetch"]> = (input, init) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input);
    const isApi = hostname === "sandbox.localhost" || hostname === "api.linqapp.com";
    return isApi ? sandbox.fetch(input, init) : globalThis.fetch(input, init);
  };
  return {
    ...{ sandbox, linq, give },
    run: (argv, world) =>
      runCli(argv, { fetch, ...world, env: { LINQ_BASE_URL: LOCAL_API, ...world?.env } }),
  };
}

/** Our receiver, served on loopback. */
export interface Hook {
  readonly url: string;
  /** The events that its handler received. */
  readonly events: LinqEvent[];
}

export async function serveHook(secret: string | readonly string[]): Promise<Hook> {
  const events: LinqEvent[] = [];
  const note = (event: LinqEvent): void => void events.push(event);
  const receiver = createReceiver({
    secret,
    on: { "message.received": note, "message.read": note },
    onRefused: () => undefined,
  });
  const { url } = await serveReceiver(receiver);
  onTestFinished(() => receiver.close());
  return { url, events };
}
