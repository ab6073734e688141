import { signBody } from "../../src/receiver/index.js";

/** The secret of the receivers in the projects. */
export const SECRET = "a secret of our own";

/** What their handler prints for the signed delivery. */
const LINE = "+15550100 Grüße 🏡";

/** Delivers without a signature, with a wrong one and with the right one; returns the statuses. */
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
 * Checks that the receiver accepted only the last of these deliveries.
 *
 * @param printed - the output of the receiver's process.
 * @throws {Error} if it accepted another one, or refused the last one.
 */
export function checkAccepted(statuses: readonly number[], printed: string): void {
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
