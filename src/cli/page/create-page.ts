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

/** The page, as a part of a server. */
export interface Page {
  /** The address to open; it works once. */
  readonly url: string;
  /** Whether a request is for the page; all others are for what shares the port with it. */
  readonly takes: (incoming: IncomingMessage) => boolean;
  /** Answers a request that it takes. */
  readonly answer: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
  /** Ends the streams, which would hold up the end of the server. */
  readonly close: () => void;
}

/** What a page is made of. */
export interface PageOptions {
  /** The host by which this machine reaches the server. */
  readonly host: string;
  /** The port of the server. */
  readonly port: number;
  /** Where its files are. */
  readonly folder: string;
  readonly backend: PageBackend;
  readonly redact: Redact;
}

/** How many may read the stream at once. */
const MAX_READERS = 16;

/** In bytes: what the page sends is small. */
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
      // One that does not read would never come to its end.
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
      sendText(outgoing, 401, "Open the address that the command has printed.");
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

  /** Gives the cookie for the key. Somebody who has the cookie already is let in as well. */
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
        "This address has been used already, or was never right; start anew.",
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
      throw new PageError(403, "There is no token: set LINQ_INTEGRATION_TOKEN, and start again.");
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
    if (method !== "GET") throw new PageError(405, "Only GET.");
    if (readers.size >= MAX_READERS) throw new PageError(503, "The page is open too often.");
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
    if (method !== "GET" && method !== "HEAD") throw new PageError(405, "Only GET.");
    const file = await readStaticFile(folder, name === "" ? "index.html" : name);
    if (file) send(outgoing, 200, file.bytes, file.type);
    else if (await hasPage(folder)) sendText(outgoing, 404, "There is nothing here.");
    else sendText(outgoing, 404, "The page is not part of this build: `npm run build` makes it.");
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
  throw new PageError(413, "The body must have at most 1 MiB.");
}
