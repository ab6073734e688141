/** The headers of a delivery. It is signed only if the subscription has a secret. */
export function createHeaders(signature: string | undefined): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    ...(signature !== undefined && { "X-Webhook-Signature": signature }),
  };
}
