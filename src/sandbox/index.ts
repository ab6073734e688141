export type { Delivery } from "./deliver.js";
export type { ListenOptions, SandboxServer } from "./listen.js";
export type { WebhookReceiver } from "./post.js";
export {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type SandboxRequest,
} from "./sandbox.js";
export type { SandboxSubscription } from "./store.js";
