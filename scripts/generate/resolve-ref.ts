import { GenerateError } from "./generate-error.js";
import { isObject, stringAt, type Json, type JsonObject } from "./json.js";

/** Follows `$ref`s inside the document to the value that they refer to. */
export function resolveRef(document: JsonObject, value: Json | undefined): Json | undefined {
  const seen = new Set<string>();
  let current = value;
  for (let ref = stringAt(current, "$ref"); ref; ref = stringAt(current, "$ref")) {
    if (seen.has(ref)) throw new GenerateError(`the $ref "${ref}" only refers to itself.`);
    seen.add(ref);
    current = lookUp(document, ref);
  }
  return current;
}

/** The name of the component that a `$ref` refers to: `Contact` for `#/components/schemas/Contact`. */
export function refName(ref: string): string {
  return stepsOf(ref).at(-1) ?? ref;
}

function lookUp(document: JsonObject, ref: string): Json {
  const found = stepsOf(ref).reduce<Json | undefined>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)];
    return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }, document);
  if (!ref.startsWith("#/") || found === undefined) {
    throw new GenerateError(
      `the $ref "${ref}" has no target: ` +
        `add the page that defines it to spec/, or correct it with an action in spec/overlay.json.`,
    );
  }
  return found;
}

function stepsOf(ref: string): string[] {
  return ref
    .split("/")
    .slice(1)
    .map((name) => decode(name).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    // The percent sign is not an escape.
    return step;
  }
}
