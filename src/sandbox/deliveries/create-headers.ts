/** The headers that an event is delivered with; only the deliveries of a secret are signed. */
export function createHeaders(signature: string | undefined): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    ...(signature !== undefined && { "X-Webhook-Signature": signature }),
  };
}
