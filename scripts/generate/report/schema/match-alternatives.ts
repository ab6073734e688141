import { isObject, objectAt, stringAt, type Json, type JsonObject } from "../../json.js";
import type { Schema } from "./create-schemas.js";

/** One of several alternatives, with its schema. */
export interface Candidate {
  schema: Schema;
  label: string;
  keyword: "oneOf" | "anyOf";
  discriminator: JsonObject | undefined;
}

export interface Matched {
  pairs: [Candidate, Candidate][];
  removed: Candidate[];
  added: Candidate[];
}

/** Whether two alternatives match. */
export type Test = (before: Candidate, after: Candidate) => boolean;

/** Pairs the alternatives that match, whatever their positions in the lists. */
export function matchAlternatives(before: Candidate[], after: Candidate[], isSame: Test): Matched {
  const matched: Matched = { pairs: [], removed: [...before], added: [...after] };
  for (const test of [hasSameName, isSame, hasSameTag, isSimilar]) takePairs(matched, test);
  return {
    pairs: matched.pairs,
    // A duplicate in a list is not an additional alternative.
    removed: matched.removed.filter((one) => !after.some((other) => isSame(one, other))),
    added: matched.added.filter((one) => !before.some((other) => isSame(other, one))),
  };
}

/** Moves the alternatives that the test matches to `pairs`. */
function takePairs(matched: Matched, test: Test): void {
  for (const one of [...matched.removed]) {
    const other = matched.added.find((candidate) => test(one, candidate));
    if (!other) continue;
    matched.pairs.push([one, other]);
    matched.removed = matched.removed.filter((candidate) => candidate !== one);
    matched.added = matched.added.filter((candidate) => candidate !== other);
  }
}

function hasSameName({ schema: before }: Candidate, { schema: after }: Candidate): boolean {
  return before.name !== undefined && before.name === after.name;
}

function hasSameTag(before: Candidate, after: Candidate): boolean {
  const [tags, others] = [tagsOf(before), tagsOf(after)];
  return tags.some((tag) => others.includes(tag));
}

/** The title, and the members that can have only one value, such as `type: "card"`. */
function tagsOf({ schema }: Candidate): string[] {
  return schema.parts.flatMap(({ keywords }) => [
    ...titleOf(keywords),
    ...Object.entries(objectAt(keywords, "properties")).flatMap(([name, member]) => {
      const value = isObject(member) ? (member["const"] ?? onlyValue(member["enum"])) : undefined;
      return value === undefined ? [] : [JSON.stringify([name, value])];
    }),
  ]);
}

function onlyValue(values: Json | undefined): Json | undefined {
  return Array.isArray(values) && values.length === 1 ? values[0] : undefined;
}

/** Whether they have a type in common and, if they are objects, most of their members. */
export function isSimilar({ schema: before }: Candidate, { schema: after }: Candidate): boolean {
  const [was, now] = [before.shape.types, after.shape.types];
  if (!was || !now || ![...was].some((type) => now.has(type))) return false;
  const [old, current] = [before.shape.properties, after.shape.properties];
  const shared = [...old.keys()].filter((name) => current.has(name)).length;
  return shared * 2 >= Math.max(old.size, current.size);
}

function titleOf(keywords: JsonObject): string[] {
  const title = stringAt(keywords, "title");
  return title === undefined ? [] : [title];
}
