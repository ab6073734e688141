import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { paths, WebhookSubscription } from "linq-webhooks";
import createFetchClient from "openapi-fetch";
import { measure, type Timing } from "./measure.js";
import { importPeer } from "./peers.js";
import { built } from "./built.js";

/** A GET of the list by every library, with a stub and over loopback. */
export async function benchList(): Promise<Record<string, Timing[]>> {
  const results: Record<string, Timing[]> = {};
  for (const count of [3, 100, 10_000]) {
    const text = JSON.stringify({ webhook_subscriptions: subscriptions(count) });
    const rounds = count > 1_000 ? 7 : 15;
    const answer = (): Promise<Response> =>
      Promise.resolve(
        new Response(text, { status: 200, headers: { "content-type": "application/json" } }),
      );
    results[`list of ${count}, stub fetch`] = await measure(
      await subjects("https://api.linqapp.com", answer),
      rounds,
    );
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // The address of a TCP port has this form.
    const { port } = server.address() as AddressInfo;
    results[`list of ${count}, loopback`] = await measure(
      await subjects(`http://127.0.0.1:${port}`, fetch),
      rounds,
    );
    server.closeAllConnections();
    server.close();
  }
  return results;
}

const PATH = "/api/partner/v2/webhook_subscriptions";
/** In ms, as the default of ours. */
const LIMIT = 30_000;
const token = "a-token-for-the-benchmark";
const headers = { "X-LINQ-INTEGRATION-TOKEN": token };

async function subjects(
  baseUrl: string,
  send: typeof fetch,
): Promise<Record<string, () => Promise<unknown>>> {
  const { createLinqClient } = await built("index.js");
  const { default: ky } = await importPeer<{ default: Ky }>("ky");
  const { default: Linq } = await importPeer<{ default: Sdk }>("@linqapp/sdk");
  const plain = createFetchClient<paths>({ baseUrl, fetch: send, headers });
  const ours = createLinqClient({ token, baseUrl, fetch: send });
  const kyClient = ky.create({ fetch: send, headers });
  const sdk = new Linq({ apiKey: token, baseURL: baseUrl, fetch: send });
  return {
    "raw fetch": async (): Promise<unknown> => (await send(baseUrl + PATH, { headers })).json(),
    "fetch with a time limit": async (): Promise<unknown> => {
      const controller = new AbortController();
      const timer = setTimeout(() => {
        controller.abort();
      }, LIMIT);
      const { signal } = controller;
      const options = { headers, signal, redirect: "manual", cache: "no-store" } as const;
      try {
        return await (await send(baseUrl + PATH, options)).json();
      } finally {
        clearTimeout(timer);
      }
    },
    "openapi-fetch": () => plain.GET(PATH),
    "linq-webhooks": () => ours.webhookSubscriptions.list(),
    ky: () => kyClient.get(baseUrl + PATH).json(),
    "@linqapp/sdk": () => sdk.webhookSubscriptions.list(),
  };
}

interface Ky {
  create(options: object): { get(url: string): { json(): Promise<unknown> } };
}

type Sdk = new (options: object) => { webhookSubscriptions: { list(): Promise<unknown> } };

/** Subscriptions as the API returns them, each with its own URL. */
export function subscriptions(count: number): WebhookSubscription[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    webhook_url: `https://host-${index}.example.com/hooks/linq`,
    version: 2,
    events: ["message.received", "message.sent"],
    active: true,
    secret_configured: true,
    last_delivered_at: "2026-01-01T00:00:00Z",
    delivery_attempts: index,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  }));
}
