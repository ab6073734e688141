export { EVENT_NAMES, type EventName } from "../generated/constants.js";
export type { components, operations, paths } from "../generated/openapi.js";
export { createLinqClient, type LinqClient, type LinqClientOptions } from "./client.js";
export * from "./errors/index.js";
export type { LinqApi } from "./http/api.js";
export type { CallOptions } from "./http/call-options.js";
export type { EnsureResult } from "./subscriptions/ensure.js";
export { type DuplicateGroup, findDuplicates } from "./subscriptions/find-duplicates.js";
export type {
  EnsureInput,
  RotateSecretInput,
  WebhookSubscriptionInput,
  WebhookSubscriptionPatch,
} from "./subscriptions/input.js";
export type { Lock } from "./subscriptions/lock.js";
export type { RemoveDuplicatesResult } from "./subscriptions/remove-duplicates.js";
export type { WebhookSubscription } from "./subscriptions/subscription.js";
export type {
  CreateOptions,
  DeleteOptions,
  EnsureOptions,
  RemoveDuplicatesOptions,
  UpdateOptions,
  WebhookSubscriptions,
} from "./subscriptions/webhook-subscriptions.js";
