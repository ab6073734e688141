import { signBody } from "../../src/receiver/index.js";

/** The receivers of the projects are created with it. */
export const SECRET = "a secret of our own";

/** What their handler prints of the delivery. */
const LINE = "+15550100 Grüße 🏡";

/** Delivers without a signature, with a wrong one and with the right one, and gives the statuses. */
export async function deliver(url: URL): Promise<number[]> {
  const body = writeMessage("Grüße 🏡");
  const signature = await signBody(body, SECRET);
  return [
    await post(url, body),
    await post(url, writeMessage("forged"), signature),
    await post(url, body, signature),
  ];
}

/**
 * Checks that only the last of these deliveries was taken.
 *
 * @param printed - what the process of the receiver has printed.
 * @throws {Error} when another one was, or that one was not.
 */
export function checkTaken(statuses: readonly number[], printed: string): void {
  const lines = printed.split("\n").filter((line) => line.startsWith("+"));
  if (statuses.join() === "401,401,200" && lines.join() === LINE) return;
  throw new Error(
    `The receiver should answer 401, 401 and 200, and print "${LINE}" once; ` +
      `it answered ${statuses.join(", ")} and printed:\n${printed}`,
  );
}

async function post(url: URL, body: string, signature?: string): Promise<number> {
  const headers = {
    "content-type": "application/json",
    ...(signature !== undefined && { "X-Webhook-Signature": signature }),
  };
  const response = await fetch(url, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

function writeMessage(text: string): string {
  const data = { from_phone: "+15550100", text };
  return JSON.stringify({ event_type: "message.received", event_id: "e1", data });
}
