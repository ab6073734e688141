export type { Delivery } from "./deliveries/deliver.js";
export type {
  EmptyEffect,
  Fault,
  FaultableRequest,
  FaultEffect,
  FaultKind,
  FaultMatch,
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
