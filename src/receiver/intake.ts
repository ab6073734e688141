import type { DeliveryHeaders } from "./read-header.js";
import type { Receipt, ReceiveContext } from "./receiver.js";
import type { Deadline } from "./timer.js";

/** Gets the raw body. A body that takes time to arrive must arrive before the answer is due. */
export type Read = (due: Deadline["due"]) => Uint8Array | Promise<Uint8Array>;

/** Takes a delivery, and reads its body only if its headers are valid. Never rejects. */
export type Intake = (
  headers: DeliveryHeaders,
  read: Read,
  context: ReceiveContext,
) => Promise<Receipt>;

/** For a body that is not read to its end. Node would otherwise read all of it, even an endless one. */
export const HANG_UP = { connection: "close" } as const;

/** The answer to every request that is not a POST. */
export const ONLY_POST = {
  status: 405,
  body: "only POST",
  headers: { ...HANG_UP, allow: "POST" },
} as const;
