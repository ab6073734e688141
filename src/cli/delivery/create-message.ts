import type { Message } from "./post.js";

/** Adds the headers of a delivery to a body. */
export function createMessage(body: Message["body"], signature: string | undefined): Message {
  return {
    headers: {
      "content-type": "application/json",
      ...(signature !== undefined && { "X-Webhook-Signature": signature }),
    },
    body,
  };
}
