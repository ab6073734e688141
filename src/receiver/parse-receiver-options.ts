import { EVENT_NAMES } from "../../generated/constants.js";
import { checkFunctions } from "../checks/check-functions.js";
import { checkFlag, checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Trust } from "./trust.js";
import type { DeliveryStore } from "./delivery-store.js";
import type { KeyOptions } from "./keys-of.js";
import { createMemoryStore } from "./memory-store.js";
import type { ReceiverOptions } from "./receiver.js";
import { logError, warnOfRefusal } from "./report.js";
import { LONGEST_TIMER } from "./timer.js";
import { parseTrust } from "./trust.js";

/** The options of a receiver, checked and complete. */
export interface ReceiverSettings extends KeyOptions {
  readonly trust: Trust;
  readonly validate: boolean;
  readonly on: NonNullable<ReceiverOptions["on"]>;
  readonly onUnknownEvent: ReceiverOptions["onUnknownEvent"];
  readonly onError: NonNullable<ReceiverOptions["onError"]>;
  readonly onRefused: NonNullable<ReceiverOptions["onRefused"]>;
  readonly onReceipt: ReceiverOptions["onReceipt"];
  readonly store: DeliveryStore;
  readonly claimTtl: number;
  readonly completedTtl: number;
  readonly maxAge: number;
  readonly maxBodyBytes: number;
  readonly ackTimeout: number;
}

const OPTIONS = [
  "secret",
  "allowUnsigned",
  "on",
  "onUnknownEvent",
  "onError",
  "onRefused",
  "onReceipt",
  "store",
  "namespace",
  "claimTtl",
  "completedTtl",
  "dedupeKey",
  "validate",
  "maxAge",
  "maxBodyBytes",
  "ackTimeout",
] as const satisfies (keyof ReceiverOptions)[];

/** @throws {InvalidInputError} for an invalid option, so that no receiver accepts everything by mistake. */
export function parseReceiverOptions(options: ReceiverOptions): ReceiverSettings {
  const own = checkKeys("options", options, OPTIONS);
  checkStore(own.store);
  const {
    on: onOption = {},
    onUnknownEvent,
    onError = logError,
    onRefused = warnOfRefusal,
    onReceipt,
    store = createMemoryStore(),
    namespace = "linq:v2",
    claimTtl = 300_000,
    completedTtl = store.remember ?? 86_400_000,
    dedupeKey,
    validate,
    maxAge = Infinity,
    maxBodyBytes = 1_048_576,
    ackTimeout = 8_000,
  } = own;
  const on = checkKeys("on", onOption, EVENT_NAMES);
  checkFunctions({ ...on }, (name) => `on["${name}"]`);
  checkFunctions({ onUnknownEvent, onError, onRefused, onReceipt, dedupeKey });
  if (typeof namespace !== "string") throw new InvalidInputError("namespace", "a string");
  checkPositive({ claimTtl, completedTtl, maxAge, maxBodyBytes, ackTimeout });
  if (ackTimeout !== Infinity && ackTimeout > LONGEST_TIMER) {
    throw new InvalidInputError("ackTimeout", `at most ${LONGEST_TIMER}, or Infinity`);
  }
  return {
    trust: parseTrust(own),
    validate: checkFlag("validate", validate),
    on,
    onUnknownEvent,
    onError,
    onRefused,
    onReceipt,
    store,
    namespace,
    claimTtl,
    completedTtl,
    dedupeKey,
    maxAge,
    maxBodyBytes,
    ackTimeout,
  };
}

function checkStore(store: unknown): void {
  if (store === undefined) return;
  const { claim, complete, release } = (store ?? {}) as Partial<DeliveryStore>;
  if ([claim, complete, release].some((value) => typeof value !== "function")) {
    throw new InvalidInputError("store", "an object with `claim`, `complete` and `release`");
  }
}
