import type { SandboxSwitches } from "../../sandbox/index.js";
import { readNumber } from "./read-number.js";

/** The syntax of a switch. */
export interface SwitchForm {
  readonly read: (text: string) => unknown;
  /** The allowed words, if the switch has any. */
  readonly words?: readonly string[];
  /** The placeholder for other values in the help. */
  readonly value?: string;
}

/** All switches; undefined for a function, which only a program can set. */
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
