import { findJsonError } from "./find-json-error.js";
import { GenerateError } from "../generate-error.js";
import { isObject, parseJson, type Json, type JsonObject } from "../json.js";

/** Parses a file that people write; the error says where it stops being JSON. */
export function parseJsonFile(name: string, text: string): JsonObject {
  const value = parse(name, text);
  if (isObject(value)) return value;
  throw new GenerateError(`${name} must hold a JSON object, but holds ${JSON.stringify(value)}.`);
}

function parse(name: string, text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new GenerateError(`${name} is not JSON: ${describeJsonError(text)}.`, { cause: error });
  }
}

/** What was expected, where, and what stands there; `line` is that of the line before the text. */
export function describeJsonError(text: string, line = 0): string {
  const { offset, expected } = findJsonError(text) ?? { offset: 0, expected: "JSON" };
  const before = text.slice(0, offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  const rest = text.slice(offset, offset + 20);
  const found = rest === "" ? "the end" : JSON.stringify(rest);
  return `expected ${expected} at line ${line + before.length}, column ${column}, but found ${found}`;
}
