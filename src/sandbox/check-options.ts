import { type Check, checkFields, FLAG, functionLike, isRecord } from "../checks/check-fields.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkFault } from "./faults/check-fault.js";
import { checkSwitches } from "./check-switches.js";
import type { SandboxOptions } from "./sandbox-options.js";
import { isWebUrl } from "./web-url.js";

/** @throws {InvalidInputError} when an option is invalid; it names the option, not its value. */
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
    expected: "a non-empty string",
    accepts: (value) => typeof value === "string" && value !== "",
  },
  receivers: {
    expected: "an object of functions, each under an absolute http or https URL",
    accepts: (value) => isRecord(value) && Object.entries(value).every(isReceiver),
  },
  switches: { expected: "an object", accepts: isRecord },
  faults: { expected: "an array of faults", accepts: Array.isArray },
  allowUnknownEvents: FLAG,
  onRequest: functionLike("that is called for every request"),
  onDelivery: functionLike("that is called for every delivery"),
  now: functionLike("that returns the time in ms since the epoch"),
  sleep: functionLike("that waits for a number of ms"),
  random: functionLike("that returns a number of at least 0 and less than 1"),
  fetch: functionLike("like the runtime's own `fetch`"),
};

function isReceiver([url, receiver]: [string, unknown]): boolean {
  return isWebUrl(url) && typeof receiver === "function";
}
