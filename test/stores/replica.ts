/**
 * One of several processes that receive deliveries with a shared store: gets them from its parent,
 * handles them, and reports the answers to the parent. A handler writes one line to a file.
 */
import { openSync, writeSync } from "node:fs";
import { createReceiver } from "linq-webhooks/receiver";
import { connectIoredis, connectPg } from "./connections.js";

/** What the parent sends. */
export interface Delivery {
  readonly id: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the parent gets back. */
export interface Answered {
  readonly id: number;
  readonly status: number;
  readonly outcome: string;
}

const [kind, url = "", log = "", secret = ""] = process.argv.slice(2);
const { store } = await (kind === "redis" ? connectIoredis : connectPg)(url);
const file = openSync(log, "a");

/** How long every twentieth event takes, in ms; the handler of every tenth event fails at first. */
const SLOW = 40;
const failed = new Set<string>();

const receiver = createReceiver({
  secret,
  store,
  // Long enough for a process that has to wait for its turn, and short enough for a test.
  claimTtl: 5_000,
  onError: () => undefined,
  on: {
    "message.read": async ({ event_id }) => {
      const number = Number(event_id.slice(1));
      if (number % 20 === 0) await new Promise((resolve) => setTimeout(resolve, SLOW));
      if (number % 10 === 1 && !failed.has(event_id)) {
        failed.add(event_id);
        throw new Error("not yet");
      }
      writeSync(file, `${event_id} ${process.pid}\n`);
    },
  },
});

process.on("message", ({ id, body, headers }: Delivery) => {
  void receiver.receive({ body, headers }).then(({ status, outcome }) => {
    const answered: Answered = { id, status, outcome };
    process.send?.(answered);
  });
});
process.once("disconnect", () => process.exit());
process.send?.("ready");
