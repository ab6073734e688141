export { StalePlanError } from "../errors/stale-plan-error.js";
export type { ApplyOptions, SyncProgress } from "./apply-options.js";
export { applySync } from "./apply-sync.js";
export type { DesiredSubscription } from "./desired.js";
export type { ApplyResult } from "./outcomes.js";
export type { PlanOptions } from "./plan-options.js";
export { planSync } from "./plan-sync.js";
export type { SyncPlan, SyncStep } from "./sync-plan.js";
