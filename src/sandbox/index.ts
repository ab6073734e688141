export type { EventName } from "../../generated/constants.js";
export {
  createEvent,
  type CreatedEvent,
  type CreateEventOptions,
  type EventChanges,
} from "./deliveries/create-event.js";
export type { Delivery } from "./deliveries/deliver.js";
export type { Fault, FaultableRequest } from "./faults/fault.js";
export type { ListenOptions, SandboxServer } from "./wire/listen.js";
export type { SandboxRequest } from "./sandbox-request.js";
export { createSandbox, type Sandbox } from "./sandbox.js";
export type { SandboxOptions } from "./sandbox-options.js";
export type { SandboxSwitches } from "./switches.js";
