import { OPERATIONS } from "../../../generated/operations.js";
import type { Fault } from "../../sandbox/index.js";
import { readNumber } from "./read-number.js";

/** A field of a fault that a command line can set, so not a function. */
export type FaultField = Exclude<AllKeys<Fault>, "kind" | "when">;

/** The fields of every member of a union. */
type AllKeys<T> = T extends unknown ? keyof T : never;

/** The syntax of a kind of fault. */
export interface FaultForm {
  /** The field of a value directly after the name. */
  readonly main?: FaultField;
  /** Its other fields. */
  readonly fields: readonly FaultField[];
  /** The default values of its fields. */
  readonly defaults?: Partial<Record<FaultField, unknown>>;
  /** The description in the help. */
  readonly summary: string;
}

/** All faults. */
export const FAULT_FORMS: Readonly<Record<Fault["kind"], FaultForm>> = {
  latency: {
    main: "ms",
    fields: ["where"],
    summary: "answers after this delay in ms, or a range like 100-500",
  },
  reset: { main: "write", fields: [], summary: "breaks the connection" },
  stall: { main: "write", fields: ["part"], summary: "never finishes its answer" },
  truncate: { main: "write", fields: [], summary: "breaks off within the body" },
  garble: { main: "write", fields: [], summary: "answers with half of the JSON" },
  empty: { main: "write", fields: [], summary: "answers without a body" },
  html: {
    main: "status",
    fields: ["write"],
    defaults: { status: 502 },
    summary: "answers with HTML and status 502",
  },
  status: {
    main: "status",
    fields: ["retryAfter", "write"],
    summary: "answers with this status, such as 503",
  },
  redirect: {
    main: "location",
    fields: ["status"],
    defaults: { status: 307 },
    summary: "redirects to this URL with 307",
  },
  hide: {
    main: "requests",
    fields: [],
    summary: "hides a new subscription for this many requests",
  },
  freeze: { fields: [], summary: "lists the subscriptions of an earlier moment" },
};

/** The fields of every fault. */
export const MATCH_FIELDS = ["operation", "skip", "times"] as const satisfies FaultField[];

/** How to parse the text of a field. The sandbox checks the result. */
export interface FieldForm {
  readonly read: (text: string) => unknown;
  /** The allowed words, if the field has any. */
  readonly words?: readonly string[];
  /** The expectation for errors, if the sandbox's own is worded for programs. */
  readonly expected?: string;
}

/** All fields. */
export const FIELD_FORMS: Readonly<Record<FaultField, FieldForm>> = {
  ms: { read: readRange, expected: "a number of ms, or two such as 100-500" },
  where: { read: asText, words: ["before", "after"] },
  write: {
    read: readWrite,
    words: ["none", "done"],
    expected: "none, done, or the number of requests before the write takes effect",
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
    expected: "an integer of 1 or more, or all",
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

/** Passes any other word on, for the sandbox to refuse. */
function readWrite(text: string): unknown {
  return DIGITS.test(text) ? { afterRequests: Number(text) } : text;
}
