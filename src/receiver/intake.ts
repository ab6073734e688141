import type { DeliveryHeaders } from "./read-header.js";
import type { Receipt, ReceiveContext } from "./receiver.js";
import type { Deadline } from "./timer.js";

/** Gets the raw body, where that takes time before the answer is due. */
export type Read = (due: Deadline["due"]) => Uint8Array | Promise<Uint8Array>;

/** Takes a delivery, whose body is read only once its headers are found good. Never rejects. */
export type Intake = (
  headers: DeliveryHeaders,
  read: Read,
  context: ReceiveContext,
) => Promise<Receipt>;

/** For a body that is not read to its end: Node would go on and read it all, even one without end. */
export const HANG_UP = { connection: "close" } as const;

/** The answer to whatever is no delivery. */
export const ONLY_POST = {
  status: 405,
  body: "only POST",
  headers: { ...HANG_UP, allow: "POST" },
} as const;
