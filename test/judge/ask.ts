import type { Judge } from "./judge.js";

/** What a request of a test was answered with. */
export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  /** As JSON; the text where it is not JSON; undefined where there is none. */
  readonly body: unknown;
}

/** Sends single requests as one client, without any cleverness. */
export interface Asking {
  readonly send: (method: string, path: string, body?: unknown) => Promise<Asked>;
  readonly post: (input?: object) => Promise<Asked>;
  readonly put: (id: number, input?: object) => Promise<Asked>;
  readonly remove: (id: number) => Promise<Asked>;
  /** The rows of the list. */
  readonly list: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export const WEBHOOK_URL = "https://example.com/hook";
export const EVENT = "message.received";

const PATH = "/api/partner/v2/webhook_subscriptions";
const INPUT = { webhook_url: WEBHOOK_URL, events: [EVENT], version: 2 };

/** Makes a client of this name. */
export function askAs(
  client: string,
  { fetch }: Pick<Judge, "fetch">,
  origin = "http://judge",
): Asking {
  const send = async (method: string, path: string, body?: unknown): Promise<Asked> => {
    const headers = {
      "x-linq-integration-token": client,
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const response = await fetch(origin + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: read(await response.text()),
    };
  };
  const wrap = (input: object): object => ({ webhook_subscription: { ...INPUT, ...input } });
  return {
    send,
    post: (input = {}) => send("POST", PATH, wrap(input)),
    put: (id, input = {}) => send("PUT", `${PATH}/${id}`, wrap(input)),
    remove: (id) => send("DELETE", `${PATH}/${id}`),
    list: async () => {
      const { body } = await send("GET", PATH);
      // The judge's own list, which has this shape by the vendor's page.
      return (body as { webhook_subscriptions: Readonly<Record<string, unknown>>[] })
        .webhook_subscriptions;
    },
  };
}

function read(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
