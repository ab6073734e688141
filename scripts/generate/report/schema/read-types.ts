import { parseJson, type Json, type JsonObject } from "../../json.js";

/** The JSON types except null that all parts allow; `undefined` if any type is allowed. */
export function readTypes(
  keywords: JsonObject[],
  values: string[] | undefined,
): ReadonlySet<string> | undefined {
  const stated = keywords.flatMap((part) => statedTypes(part) ?? []);
  if (stated.length > 0) return new Set(stated.reduce(common));
  if (values) return new Set(values.map((value) => typeOfValue(parseJson(value))));
  const implied = keywords.map(impliedType).find((type) => type !== undefined);
  return implied === undefined ? undefined : new Set([implied]);
}

/** Whether `wide` includes every type of `narrow`. */
export function covers(wide: ReadonlySet<string>, narrow: ReadonlySet<string>): boolean {
  return [...narrow].every((type) => wide.has(type) || (type === "integer" && wide.has("number")));
}

/** The types that are in both sets; an integer is a number. */
function common(first: string[], second: string[]): string[] {
  const both = first.filter((type) => covers(new Set(second), new Set([type])));
  return [...both, ...second.filter((type) => covers(new Set(first), new Set([type])))];
}

/** The types of one part, in an array, so that an empty list counts as one entry. */
function statedTypes({ type }: JsonObject): [string[]] | undefined {
  if (typeof type !== "string" && !Array.isArray(type)) return undefined;
  const named = [type].flat().filter((name) => typeof name === "string");
  const besidesNull = named.filter((name) => name !== "null");
  return [besidesNull.includes("number") ? besidesNull.filter(isNoInteger) : besidesNull];
}

function isNoInteger(type: string): boolean {
  return type !== "integer";
}

function impliedType(part: JsonObject): string | undefined {
  if (part["properties"] ?? part["additionalProperties"] ?? part["required"]) return "object";
  return part["items"] ? "array" : undefined;
}

function typeOfValue(value: Json): string {
  if (Number.isInteger(value)) return "integer";
  return Array.isArray(value) ? "array" : typeof value;
}
