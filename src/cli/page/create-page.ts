import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Redact } from "../../checks/redact.js";
import { readBytes } from "../server/read-bytes.js";
import { type Aliases, createAliases } from "./aliases.js";
import { answerCall } from "./answer-call.js";
import { askApi } from "./ask-api.js";
import { checkRequest, isLocal } from "./check-request.js";
import type { PageBackend } from "./page-backend.js";
import { PageError } from "./page-error.js";
import { JSON_TYPE, looksLikeJson, protect, send, sendText, TEXT_TYPE } from "./send.js";
import { createSession, PAGE_ROOT, START_PATH } from "./session.js";
import { hasPage, readStaticFile } from "./static-file.js";
import { readPlace, streamLog } from "./stream-log.js";
import { createToJson } from "./to-json.js";

/** The page as part of a server. */
export interface Page {
  /** The address to open; it works once. */
  readonly url: string;
  /** Whether a request is for the page; all others are for its neighbour on the port. */
  readonly takes: (incoming: IncomingMessage) => boolean;
  /** Answers a request that it takes. */
  readonly answer: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
  /** Ends the streams, which would keep the server open. */
  readonly close: () => void;
}

/** Options of the page. */
export interface PageOptions {
  /** The host name of the server on this machine. */
  readonly host: string;
  /** The port of the server. */
  readonly port: number;
  /** The folder with the files of the page. */
  readonly folder: string;
  readonly backend: PageBackend;
  readonly redact: Redact;
}

/** The maximum number of open streams. */
const MAX_READERS = 16;

/** In bytes: the page sends only small bodies. */
const MAX_BODY = 1_048_576;

export function createPage({ host, port, folder, backend, redact }: PageOptions): Page {
  const session = createSession(port);
  const aliases: Aliases = createAliases(redact);
  const toJson = createToJson(redact, aliases);
  const run = randomBytes(6).toString("hex");
  const readers = new Set<ServerResponse>();

  return {
    url: `http://${host}:${port}${session.path}`,
    takes: (incoming) => isLocal(incoming, port) && isUnder(PAGE_ROOT, incoming.url),
    answer: async (incoming, outgoing) => {
      protect(outgoing);
      try {
        await route(incoming, outgoing);
      } catch (error) {
        if (!(error instanceof PageError)) throw error;
        sendJson(outgoing, error.status, { message: error.message });
      }
    },
    close: () => {
      // A stream whose reader is stuck would never end.
      for (const reader of readers) reader.destroy();
    },
  };

  async function route(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url = "", headers, method = "" } = incoming;
    const [path = ""] = url.split("?", 1);
    if (path.startsWith(START_PATH)) {
      start(path.slice(START_PATH.length), incoming, outgoing);
      return;
    }
    if (!session.isKnown(headers.cookie)) {
      sendText(outgoing, 401, "Open the address that the command printed.");
      return;
    }
    checkRequest(method, headers);
    if (path.startsWith(API_PREFIX)) await proxy(incoming, outgoing);
    else if (path === `${PAGE_ROOT}api/stream`) stream(incoming, outgoing);
    else if (path.startsWith(`${PAGE_ROOT}api/`)) {
      const body = await readText(incoming);
      const query = new URLSearchParams(url.slice(path.length));
      const name = `${method} ${path.slice(`${PAGE_ROOT}api/`.length)}`;
      sendJson(outgoing, 200, await answerCall(name, { query, body }, backend));
    } else await sendFile(path.slice(PAGE_ROOT.length), method, outgoing);
  }

  /** Sets the cookie in exchange for the key. A browser that already has the cookie passes, too. */
  function start(
    key: string,
    { headers, method }: IncomingMessage,
    outgoing: ServerResponse,
  ): void {
    const cookie = method === "GET" ? session.exchange(key) : undefined;
    if (cookie === undefined && !session.isKnown(headers.cookie)) {
      sendText(
        outgoing,
        401,
        "This address has been used already, or is wrong; restart the command for a new one.",
      );
      return;
    }
    outgoing.writeHead(303, {
      location: PAGE_ROOT,
      ...(cookie !== undefined && { "set-cookie": cookie }),
    });
    outgoing.end();
  }

  async function proxy(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "", url = "" } = incoming;
    if (!backend.api) {
      throw new PageError(
        403,
        "The command has no token: set LINQ_INTEGRATION_TOKEN, and restart it.",
      );
    }
    const question = {
      method,
      path: url.slice(API_PREFIX.length - 1),
      body: await readText(incoming),
    };
    const { status, headers, body } = await askApi(question, backend.api, { redact, aliases });
    for (const [name, value] of Object.entries(headers)) {
      if (!outgoing.hasHeader(name)) outgoing.setHeader(name, value);
    }
    send(outgoing, status, body, looksLikeJson(body) ? JSON_TYPE : TEXT_TYPE);
  }

  function stream({ headers, method }: IncomingMessage, outgoing: ServerResponse): void {
    if (method !== "GET") throw new PageError(405, "This path takes only GET.");
    if (readers.size >= MAX_READERS)
      throw new PageError(503, "The page is open in too many tabs; close some.");
    readers.add(outgoing);
    outgoing.once("close", () => {
      readers.delete(outgoing);
    });
    outgoing.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    const { "last-event-id": place } = headers;
    const { log } = backend;
    streamLog({ log, run, toJson }, outgoing, readPlace(place?.toString(), run));
  }

  async function sendFile(name: string, method: string, outgoing: ServerResponse): Promise<void> {
    if (method !== "GET" && method !== "HEAD")
      throw new PageError(405, "This path takes only GET.");
    const file = await readStaticFile(folder, name === "" ? "index.html" : name);
    if (file) send(outgoing, 200, file.bytes, file.type);
    else if (await hasPage(folder)) sendText(outgoing, 404, "Not found.");
    else sendText(outgoing, 404, "This build does not include the page: run `npm run build`.");
  }

  function sendJson(outgoing: ServerResponse, status: number, value: object): void {
    send(outgoing, status, toJson(value), JSON_TYPE);
  }
}

function isUnder(root: string, url = ""): boolean {
  return `${url}/` === root || url.startsWith(root);
}

const API_PREFIX = `${PAGE_ROOT}linq/`;

async function readText(incoming: IncomingMessage): Promise<string> {
  const bytes = await readBytes(incoming, MAX_BODY);
  if (bytes) return bytes.toString("utf8");
  throw new PageError(413, "The body must be at most 1 MiB.");
}
