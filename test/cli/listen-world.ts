import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createLinqClient, type LinqClient } from "../../src/index.js";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";

export const TOKEN = "s3ntinel-of-the-token";
export const SECRET = "the s3ntinel of the secret";

/** The API over real HTTP. */
export interface ServedApi {
  readonly sandbox: Sandbox;
  readonly linq: LinqClient;
  readonly env: Readonly<Record<string, string>>;
}

export async function serveApi(options: SandboxOptions = {}): Promise<ServedApi> {
  const sandbox = createSandbox({ token: TOKEN, ...options });
  const server = await sandbox.listen();
  onTestFinished(server.close);
  return {
    sandbox,
    linq: createLinqClient({ token: TOKEN, baseUrl: server.url }),
    env: { LINQ_BASE_URL: server.url, LINQ_INTEGRATION_TOKEN: TOKEN, HOOK_SECRET: SECRET },
  };
}

/** A tunnel, as of cloudflared or ngrok: a public address that leads to a local port. */
export interface Tunnel {
  readonly url: string;
  readonly leadTo: (port: number) => void;
}

export async function startTunnel(): Promise<Tunnel> {
  let port: number | undefined;
  const url = await serve((incoming, outgoing) => {
    if (port === undefined) {
      outgoing.writeHead(502).end();
      return;
    }
    const { method, url: path, rawHeaders } = incoming;
    const onward = request({ port, method, path, headers: rawHeaders }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  return {
    url,
    leadTo: (given) => {
      port = given;
    },
  };
}

/** A program to which deliveries are forwarded. */
export interface Program {
  readonly url: string;
  readonly received: { readonly headers: IncomingMessage["rawHeaders"]; readonly body: Buffer }[];
}

export async function startProgram(
  answer: (outgoing: ServerResponse, count: number) => void = (outgoing) => outgoing.end(),
  port = 0,
): Promise<Program> {
  const received: Program["received"] = [];
  const url = await serve((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      received.push({ headers: incoming.rawHeaders, body: Buffer.concat(chunks) });
      answer(outgoing, received.length);
    });
  }, port);
  return { url: `${url}/hook`, received };
}

async function serve(
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  port = 0,
): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // `address()` returns a string for a pipe, and null before `listen`.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The port that a listener prints. */
export function portOf(written: string): number {
  return Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(written)?.[1]);
}
