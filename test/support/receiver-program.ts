/**
 * Somebody's service that takes deliveries, as a process of its own. It answers at once while its
 * handlers work, and they finish when the parent says so. Its store is with the parent, and outlives
 * it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { type ClaimOptions, createReceiver, type DeliveryStore } from "../../src/receiver/index.js";

/** The messages to the parent. */
export type ReceiverReport =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "handling"; readonly eventId: unknown }
  | { readonly kind: "handled"; readonly eventId: unknown }
  | { readonly kind: "closing" }
  | { readonly kind: "store"; readonly call: number; readonly operation: StoreOperation };

/** The requests to the store. */
type StoreOperation =
  | { readonly name: "claim" | "complete"; readonly key: string; readonly options: ClaimOptions }
  | {
      readonly name: "release";
      readonly key: string;
      readonly options: Pick<ClaimOptions, "owner">;
    };

/** The messages of the parent. */
export type ReceiverOrder =
  | { readonly kind: "finish" }
  | { readonly kind: "answer"; readonly call: number; readonly result: unknown };

const calls: ((result: unknown) => void)[] = [];
const handlers: (() => void)[] = [];

process.on("message", (message) => {
  // The parent sends nothing else.
  const order = message as ReceiverOrder;
  if (order.kind === "answer") calls[order.call]?.(order.result);
  else for (const finish of handlers.splice(0)) finish();
});

const report = (message: ReceiverReport): void => void process.send?.(message);

const ask = (operation: StoreOperation): Promise<unknown> =>
  new Promise((resolve) => {
    report({ kind: "store", call: calls.push(resolve) - 1, operation });
  });

const store: DeliveryStore = {
  // It answers a claim with what it found.
  claim: async (key, options) =>
    (await ask({ name: "claim", key, options })) as Awaited<ReturnType<DeliveryStore["claim"]>>,
  complete: (key, options) => ask({ name: "complete", key, options }),
  release: (key, options) => ask({ name: "release", key, options }),
};

const receiver = createReceiver({
  secret: process.env["SECRET"] ?? "",
  store,
  ackTimeout: Number(process.env["ACK_TIMEOUT"]),
  on: {
    "message.received": async ({ event_id: eventId }) => {
      const mayFinish = new Promise<void>((resolve) => handlers.push(resolve));
      report({ kind: "handling", eventId });
      await mayFinish;
      report({ kind: "handled", eventId });
    },
  },
});

const server = createServer(createRequestListener(receiver.fetch));
server.listen(0, "127.0.0.1", () => {
  // A string is for pipes, null for before listening.
  report({ kind: "listening", port: (server.address() as AddressInfo).port });
});

process.once("SIGTERM", () => {
  server.close();
  void receiver.close().then(() => {
    process.disconnect();
  });
  report({ kind: "closing" });
});
