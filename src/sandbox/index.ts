export { EVENT_NAMES, type EventName } from "../../generated/constants.js";
export { InvalidInputError } from "../errors/invalid-input-error.js";
export { LinqError } from "../errors/linq-error.js";
export {
  createEvent,
  type CreatedEvent,
  type CreateEventOptions,
  type EventChanges,
} from "./deliveries/create-event.js";
export type { Delivery } from "./deliveries/deliver.js";
export type {
  EmptyEffect,
  Fault,
  FaultableRequest,
  FaultEffect,
  FaultKind,
  FaultMatch,
  FreezeEffect,
  GarbleEffect,
  HideEffect,
  HtmlEffect,
  LatencyEffect,
  RedirectEffect,
  ResetEffect,
  StallEffect,
  StatusEffect,
  TruncateEffect,
  Write,
} from "./faults/fault.js";
export type { ListenOptions, SandboxServer } from "./wire/listen.js";
export type { WebhookReceiver } from "./deliveries/post.js";
export type { SandboxRequest } from "./sandbox-request.js";
export type { OperationId } from "./api/router.js";
export { createSandbox, type Sandbox } from "./sandbox.js";
export type { SandboxOptions } from "./sandbox-options.js";
export type { Sleep } from "./sleep.js";
export type { SandboxSubscription } from "./api/store.js";
export type { SandboxSwitches } from "./switches.js";
