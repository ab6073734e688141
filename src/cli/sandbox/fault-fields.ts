import { OPERATIONS } from "../../../generated/operations.js";
import type { Fault } from "../../sandbox/index.js";
import { readNumber } from "./read-number.js";

/** A field of a fault that can be written on a command line, which holds no functions. */
export type FaultField = Exclude<AllKeys<Fault>, "kind" | "when">;

/** The fields of every member of a union. */
type AllKeys<T> = T extends unknown ? keyof T : never;

/** How a kind of fault is written. */
export interface FaultForm {
  /** What a value right behind the name stands for. */
  readonly main?: FaultField;
  /** What it takes besides. */
  readonly fields: readonly FaultField[];
  /** What there is unless it is given. */
  readonly defaults?: Partial<Record<FaultField, unknown>>;
  /** For the help. */
  readonly summary: string;
}

/** All faults. */
export const FAULT_FORMS: Readonly<Record<Fault["kind"], FaultForm>> = {
  latency: { main: "ms", fields: ["where"], summary: "answers after so many ms, or 100-500" },
  reset: { main: "write", fields: [], summary: "breaks the connection" },
  stall: { main: "write", fields: ["part"], summary: "never ends its answer" },
  truncate: { main: "write", fields: [], summary: "breaks off in the body" },
  garble: { main: "write", fields: [], summary: "answers with half of the JSON" },
  empty: { main: "write", fields: [], summary: "answers without a body" },
  html: {
    main: "status",
    fields: ["write"],
    defaults: { status: 502 },
    summary: "answers with HTML, under 502",
  },
  status: {
    main: "status",
    fields: ["retryAfter", "write"],
    summary: "answers with this error, such as 503",
  },
  redirect: {
    main: "location",
    fields: ["status"],
    defaults: { status: 307 },
    summary: "redirects there, by 307",
  },
  hide: { main: "requests", fields: [], summary: "hides a new one for so many requests" },
  freeze: { fields: [], summary: "lists what there was before" },
};

/** What every fault takes. */
export const MATCH_FIELDS = ["operation", "skip", "times"] as const satisfies FaultField[];

/** How the text of a field is read; what it gives is checked by the sandbox. */
export interface FieldForm {
  readonly read: (text: string) => unknown;
  /** What it may be, where these are words. */
  readonly words?: readonly string[];
  /** What was expected, where the sandbox would say it for programs. */
  readonly expected?: string;
}

/** All fields. */
export const FIELD_FORMS: Readonly<Record<FaultField, FieldForm>> = {
  ms: { read: readRange, expected: "a number of ms, or two such as 100-500" },
  where: { read: asText, words: ["before", "after"] },
  write: {
    read: readWrite,
    words: ["none", "done"],
    expected: "none, done, or a number of requests after which it is carried out",
  },
  part: { read: asText, words: ["headers", "body"] },
  status: { read: readNumber },
  retryAfter: { read: (text) => (DIGITS.test(text) ? Number(text) : text) },
  location: { read: asText },
  requests: { read: readNumber },
  operation: {
    read: asText,
    words: Object.keys(OPERATIONS),
    expected: `one of ${Object.keys(OPERATIONS).join(", ")}`,
  },
  skip: { read: readNumber },
  times: {
    read: (text) => (text === "all" ? Infinity : readNumber(text)),
    words: ["all"],
    expected: "an integer from 1 up, or all",
  },
};

const DIGITS = /^\d+$/;

function asText(text: string): string {
  return text;
}

function readRange(text: string): number | readonly [min: number, max: number] {
  const [min = "", max] = text.split("-", 2);
  return max === undefined ? readNumber(min) : [readNumber(min), readNumber(max)];
}

/** Any other word is left to the sandbox to refuse. */
function readWrite(text: string): unknown {
  return DIGITS.test(text) ? { afterRequests: Number(text) } : text;
}
