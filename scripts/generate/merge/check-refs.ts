import { GenerateError } from "../generate-error.js";
import { isObject, pointerStep, stringAt, type Json, type JsonObject } from "../json.js";
import { resolveRef } from "../resolve-ref.js";

/** Throws at the first `$ref` that leads nowhere, with its place; no later step names that. */
export function checkRefs(document: JsonObject): void {
  walk(document, "");

  function walk(value: Json, pointer: string): void {
    if (stringAt(value, "$ref") !== undefined) check(value, pointer);
    for (const [name, member] of membersOf(value)) walk(member, pointer + pointerStep(name));
  }

  function check(value: Json, pointer: string): void {
    try {
      resolveRef(document, value);
    } catch (error) {
      if (!(error instanceof GenerateError)) throw error;
      throw new GenerateError(`${pointer}: ${error.message}`, { cause: error });
    }
  }
}

/** Examples hold what a server may send, and that is free to look like anything. */
const NO_SCHEMAS = new Set(["example", "examples", "default", "enum", "const"]);

function membersOf(value: Json): [string, Json][] {
  if (Array.isArray(value)) return value.map((entry, index) => [String(index), entry]);
  if (!isObject(value)) return [];
  return Object.entries(value).filter(([name]) => !NO_SCHEMAS.has(name));
}
