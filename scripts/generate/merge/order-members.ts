import { byCodeUnit, isObject, type Json, type JsonObject } from "../json.js";
import { METHODS } from "../list-operations.js";

/** The root members in their usual order; others follow by name. */
const ROOT = ["openapi", "info", "tags", "servers", "security", "components", "paths", "webhooks"];

/** Orders all members that pages can add to, so that the order of the pages makes no difference. */
export function orderMembers(document: JsonObject): JsonObject {
  return byName(document, ROOT, (name, value) => {
    if (name === "tags" && Array.isArray(value)) {
      return value.toSorted((a, b) => byCodeUnit(JSON.stringify(a), JSON.stringify(b)));
    }
    if (name === "components") return byName(value, [], (_, section) => byName(section, []));
    if (name === "paths" || name === "webhooks") {
      return byName(value, [], (_, item) => byName(item, [...METHODS]));
    }
    return value;
  });
}

function byName(value: JsonObject, first: string[], inner?: Inner): JsonObject;
function byName(value: Json, first: string[], inner?: Inner): Json;
function byName(value: Json, first: string[], inner: Inner = (_, member) => member): Json {
  if (!isObject(value)) return value;
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : Infinity);
  const entries = Object.entries(value).sort(([a], [b]) => {
    return rank(a) === rank(b) ? byCodeUnit(a, b) : rank(a) - rank(b);
  });
  return Object.fromEntries(entries.map(([name, member]) => [name, inner(name, member)]));
}

type Inner = (name: string, member: Json) => Json;
