export type { Delivery } from "./deliver.js";
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
} from "./fault.js";
export type { ListenOptions, SandboxServer } from "./listen.js";
export type { WebhookReceiver } from "./post.js";
export type { SandboxRequest } from "./respond.js";
export type { OperationId } from "./router.js";
export { createSandbox, type Sandbox } from "./sandbox.js";
export type { SandboxOptions } from "./sandbox-options.js";
export type { Sleep } from "./sleep.js";
export type { SandboxSubscription } from "./store.js";
export type { SandboxSwitches } from "./switches.js";
