import { InvalidInputError } from "../../errors/invalid-input-error.js";
import { INPUT_ROWS, type InputFields } from "../../subscriptions/input-fields.js";
import type { OptionSpecs } from "../command.js";
import { CommandError } from "../command-error.js";
import { SECRET_OPTION } from "./parse-arguments.js";

/** The fields whose options, if any, are written by hand. */
const OWN: readonly (keyof InputFields)[] = [
  "webhook_url",
  "events",
  "secret",
  "active",
  "version",
];

/**
 * The other fields, with options such as `--delivery-format` for `delivery_format`. A field that is
 * named like a secret gets none: its option has to say where the secret is, so it is written by hand.
 */
const FURTHER = INPUT_ROWS.map(([field, row]) => ({
  field,
  option: field.replaceAll("_", "-"),
  ...row,
})).filter(({ field, option }) => !OWN.includes(field) && !SECRET_OPTION.test(option));

type Further = (typeof FURTHER)[number];

/** The names of the derived options, with dashes. */
export const FURTHER_NAMES: readonly string[] = FURTHER.map(({ option }) => `--${option}`);

/** The derived options. They depend on the specification, so their names are not in the type. */
export const FURTHER_OPTIONS: object = Object.fromEntries(
  FURTHER.map(({ field, option }): [string, OptionSpecs[string]] => [
    option,
    { type: "string", value: "<value>", summary: `the API's ${field}, as text or as JSON` },
  ]),
);

/**
 * Reads the values of the derived options.
 *
 * @param isWhole - whether to require every field that a new subscription needs.
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

/** Returns the text if the field accepts it, and otherwise parses it as JSON. */
function readValue(text: string, further: Further): unknown {
  const objection = findObjection(text, further);
  if (objection === undefined) return text;
  const value = parseJson(text);
  if (value !== undefined && findObjection(value, further) === undefined) return value;
  throw new CommandError("usage", `--${further.option} must be ${objection}`);
}

/** Describes what the field expects instead of this value; undefined for an accepted value. */
function findObjection(value: unknown, { parse }: Further): string | undefined {
  try {
    parse(value, true);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.expected;
    throw error;
  }
}

/** Returns undefined for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
