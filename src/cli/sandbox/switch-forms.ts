import type { SandboxSwitches } from "../../sandbox/index.js";
import { readNumber } from "./read-number.js";

/** How a switch is written. */
export interface SwitchForm {
  readonly read: (text: string) => unknown;
  /** What it may be, where these are words. */
  readonly words?: readonly string[];
  /** What stands for other values in the help. */
  readonly value?: string;
}

/** All switches; undefined for those that are functions, which only a program can give. */
export const SWITCH_FORMS: Readonly<Record<keyof SandboxSwitches, SwitchForm | undefined>> = {
  putWithoutSecret: words("keep", "clear"),
  putWithoutActive: words("keep", "activate"),
  activeDefault: { read: readFlag, words: ["true", "false"] },
  twinEventIds: words("same", "different"),
  twins: words("accept", "409", "422"),
  pageSize: number("<n>"),
  listLag: number("<ms>"),
  storedUrl: undefined,
  storedEvents: undefined,
  deletion: { read: readDeletion, words: ["now", "soft"], value: "<requests>" },
  missingId: words("404", "204"),
  invalidInput: words("refuse", "accept"),
  errorShape: words("flat", "list"),
  unwrappedBody: words("refuse", "accept"),
  bodySpelling: words("javascript", "rails", "php", "python"),
  redelivery: number("<n>"),
  rateLimit: number("<n>"),
  retryAfter: number("<seconds>"),
};

function words(...known: string[]): SwitchForm {
  return { read: (text) => text, words: known };
}

function number(value: string): SwitchForm {
  return { read: readNumber, value };
}

function readFlag(text: string): unknown {
  return text === "true" || text === "false" ? text === "true" : text;
}

function readDeletion(text: string): unknown {
  return /^\d+$/.test(text) ? { afterRequests: Number(text) } : text;
}
