import type { Message } from "./post.js";

/** A body with the headers of a delivery. */
export function createMessage(body: Message["body"], signature: string | undefined): Message {
  return {
    headers: {
      "content-type": "application/json",
      ...(signature !== undefined && { "X-Webhook-Signature": signature }),
    },
    body,
  };
}
