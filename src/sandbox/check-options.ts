import { isWebUrl } from "./web-url.js";
import type { SandboxOptions } from "./sandbox.js";

/** @throws {TypeError} when an option is not usable; it says which, and never repeats the value. */
export function checkOptions(options: SandboxOptions): void {
  // Callers without types can pass anything, so nothing is taken from the declared types here.
  const given: Record<string, unknown> = { ...options };
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(CHECKS, name)) {
      throw new TypeError(`createSandbox has no option \`${name}\``);
    }
  }
  for (const [name, { expected, accepts }] of Object.entries(CHECKS)) {
    if (given[name] !== undefined && !accepts(given[name])) {
      throw new TypeError(`\`${name}\` must be ${expected}`);
    }
  }
}

interface Check {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
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
  now: {
    expected: "a function that gives the time in ms since the epoch",
    accepts: (value) => typeof value === "function",
  },
  fetch: {
    expected: "a function like the runtime's own `fetch`",
    accepts: (value) => typeof value === "function",
  },
};

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isReceiver([url, receiver]: [string, unknown]): boolean {
  return isWebUrl(url) && typeof receiver === "function";
}
