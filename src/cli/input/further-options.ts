import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { INPUT_ROWS, type InputFields } from "../../subscriptions/input-fields.js";
import type { OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { SECRET_OPTION } from "./parse-arguments.js";

/** The fields whose options are written by hand, where they have any. */
const OWN: readonly (keyof InputFields)[] = [
  "webhook_url",
  "events",
  "secret",
  "active",
  "version",
];

/**
 * The other fields, with options such as `--delivery-format` for `delivery_format`. One that is called
 * like a secret has none: it needs one by hand, which says where the secret is.
 */
const FURTHER = INPUT_ROWS.map(([field, row]) => ({
  field,
  option: field.replaceAll("_", "-"),
  ...row,
})).filter(({ field, option }) => !OWN.includes(field) && !SECRET_OPTION.test(option));

type Further = (typeof FURTHER)[number];

/** The names of their options, with dashes. */
export const FURTHER_NAMES: readonly string[] = FURTHER.map(({ option }) => `--${option}`);

/** Their options, which come and go with the specification, so that the compiler knows none of them. */
export const FURTHER_OPTIONS: object = Object.fromEntries(
  FURTHER.map(({ field, option }): [string, OptionSpecs[string]] => [
    option,
    { type: "string", value: "<value>", summary: `the API's ${field}, as text or as JSON` },
  ]),
);

/**
 * Reads those that were given.
 *
 * @param isWhole - whether all must be there that a new subscription needs.
 */
export function readFurther(options: object, isWhole: boolean): object {
  const given = new Map<string, unknown>(Object.entries(options));
  const fields = FURTHER.flatMap((further): [string, unknown][] => {
    const { field, option, isOptional } = further;
    const text = given.get(option);
    if (typeof text === "string") return [[field, readValue(text, further)]];
    if (!isWhole || isOptional || findObjection(undefined, further) === undefined) return [];
    throw new CommandError("usage", `--${option} is missing: --${option}=<value>`);
  });
  return Object.fromEntries(fields);
}

/** The text itself where the field takes it, else what it is as JSON. */
function readValue(text: string, further: Further): unknown {
  const objection = findObjection(text, further);
  if (objection === undefined) return text;
  const value = parseJson(text);
  if (value !== undefined && findObjection(value, further) === undefined) return value;
  throw new CommandError("usage", `--${further.option} must be ${objection}`);
}

/** What a value would have to be that the field does not take. */
function findObjection(value: unknown, { parse }: Further): string | undefined {
  try {
    parse(value, true);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.expected;
    throw error;
  }
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
