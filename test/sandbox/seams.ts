import { onTestFinished } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { ORIGIN } from "./call-api.js";

/** A sandbox, and the way in which a client reaches it. */
interface Connection {
  readonly sandbox: Sandbox;
  readonly fetch: typeof globalThis.fetch;
  readonly origin: string;
}

type Connect = (options?: SandboxOptions) => Promise<Connection>;

/** The two ways of reaching a sandbox, which must not differ in anything that a client sees. */
export const SEAMS: [name: string, connect: Connect][] = [
  ["in memory", connectInMemory],
  ["over HTTP", connectOverHttp],
];

function connectInMemory(options?: SandboxOptions): Promise<Connection> {
  const sandbox = createSandbox(options);
  return Promise.resolve({ sandbox, fetch: sandbox.fetch, origin: ORIGIN });
}

async function connectOverHttp(options?: SandboxOptions): Promise<Connection> {
  const sandbox = createSandbox(options);
  const server = await sandbox.listen();
  onTestFinished(server.close);
  return { sandbox, fetch, origin: server.url };
}
