/** One of the replicas of the demo: a server that receives deliveries on its own port. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { Redis } from "ioredis";
import { createReceiver } from "linq-webhooks/receiver";
import { createRedisStore } from "linq-webhooks/stores";

const [redisUrl = "", secret = ""] = process.argv.slice(2);
const redis = new Redis(redisUrl);

const receiver = createReceiver({
  secret,
  store: createRedisStore((script, keys, args) =>
    redis.eval(script, keys.length, ...keys, ...args),
  ),
  on: {
    "message.received": ({ event_id }) => {
      process.send?.({ handled: event_id });
    },
  },
});

const server = createServer(createRequestListener(receiver.fetch)).listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // The address of a TCP port has this form.
  process.send?.({ url: `http://127.0.0.1:${port}/hook` });
});
process.once("disconnect", () => process.exit());
