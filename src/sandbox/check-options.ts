import { type Check, checkFields, FLAG, functionLike, isRecord } from "../checks/check-fields.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkFault } from "./faults/check-fault.js";
import { checkSwitches } from "./check-switches.js";
import type { SandboxOptions } from "./sandbox-options.js";
import { isWebUrl } from "./web-url.js";

/** @throws {InvalidInputError} when an option is not usable; it says which, and never repeats the value. */
export function checkOptions(given: SandboxOptions): SandboxOptions {
  const options = checkKeys("options", given, Object.keys(CHECKS));
  checkFields(options, CHECKS);
  const { switches = {}, faults = [] } = options;
  return {
    ...options,
    switches: checkSwitches(switches),
    faults: faults.map((fault, index) => checkFault(fault, `faults[${index}]`)),
  };
}

const CHECKS: Record<keyof SandboxOptions, Check> = {
  token: {
    expected: "a string that is not empty",
    accepts: (value) => typeof value === "string" && value !== "",
  },
  receivers: {
    expected: "an object of functions, each under an absolute http or https URL",
    accepts: (value) => isRecord(value) && Object.entries(value).every(isReceiver),
  },
  switches: { expected: "an object", accepts: isRecord },
  faults: { expected: "an array of faults", accepts: Array.isArray },
  allowUnknownEvents: FLAG,
  onRequest: functionLike("that is told of every request"),
  onDelivery: functionLike("that is told of every delivery"),
  now: functionLike("that gives the time in ms since the epoch"),
  sleep: functionLike("that waits so many ms"),
  random: functionLike("that gives a number from 0 up to 1"),
  fetch: functionLike("like the runtime's own `fetch`"),
};

function isReceiver([url, receiver]: [string, unknown]): boolean {
  return isWebUrl(url) && typeof receiver === "function";
}
