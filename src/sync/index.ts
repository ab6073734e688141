export { StalePlanError } from "../errors/stale-plan-error.js";
export type { ApplyOptions, SyncProgress } from "./apply-options.js";
export { applySync } from "./apply-sync.js";
export type { DesiredSubscription } from "./desired.js";
export type { SyncResult } from "./outcomes.js";
export type { PlanOptions } from "./plan-options.js";
export { planSync } from "./plan-sync.js";
export type {
  SyncChange,
  SyncCreate,
  SyncDelete,
  SyncInput,
  SyncKeep,
  SyncPlan,
  SyncStep,
  SyncUpdate,
  SyncWrite,
} from "./sync-plan.js";
