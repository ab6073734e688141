import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createJudge, type Judge, type JudgeOptions } from "./judge.js";

/** A judge that can be reached over HTTP, too. */
export interface HttpJudge extends Judge {
  /** Where it listens, with the base path, without a slash at its end. */
  readonly url: string;
  /** Closes open connections, and stops listening. */
  readonly close: () => Promise<void>;
}

/** The options of the judge, and who is told of its requests. */
export interface HttpJudgeOptions extends JudgeOptions {
  /** Told of each request as it arrives, before anything is done, and of the token it came with. */
  readonly onRequest?: (client: string) => void;
}

/** Starts a judge on a free port of loopback. */
export async function startJudge({
  onRequest = () => undefined,
  ...options
}: HttpJudgeOptions = {}): Promise<HttpJudge> {
  const judge = createJudge(options);
  const server = createServer((request, response) => {
    onRequest(tokenOf(request));
    // A client that sends half a request has hung up.
    exchange(judge, request, response).catch(() => request.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  return {
    ...judge,
    url: `http://127.0.0.1:${address.port}${options.basePath ?? ""}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function exchange(
  judge: Judge,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "", url = "", headers } = request;
  const answer = await judge.handle({
    method,
    path: new URL(url, "http://judge").pathname,
    token: tokenOf(request),
    contentType: headers["content-type"] ?? "",
    text: await text(request),
  });
  if (answer === "cut") {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.text);
}

function tokenOf({ headers }: IncomingMessage): string {
  const token = headers["x-linq-integration-token"];
  return typeof token === "string" ? token : "";
}
