export { EVENT_NAMES, type EventName } from "../../generated/constants.js";
export { InvalidEventError } from "../errors/invalid-event-error.js";
export { InvalidInputError } from "../errors/invalid-input-error.js";
export { InvalidSignatureError } from "../errors/invalid-signature-error.js";
export { createReceiver } from "./create-receiver.js";
export type { Claim, ClaimOptions, DeliveryStore } from "./delivery-store.js";
export type { EventOf, LinqEvent, UnknownEvent } from "./event.js";
export { parseLinqTime } from "./linq-time.js";
export { createMemoryStore, type MemoryStoreOptions } from "./memory-store.js";
export type { NodeListener } from "./node-listener.js";
export type { RawEvent } from "./raw.js";
export type {
  EventHandlers,
  Receipt,
  ReceiveContext,
  Receiver,
  ReceiverOptions,
} from "./receiver.js";
export { signBody } from "./sign-body.js";
export type { TrustOptions } from "./trust.js";
export { type RawDelivery, unwrapEvent } from "./unwrap-event.js";
export { verifySignature } from "./verify-signature.js";
