import { byCodeUnit, type Json } from "../../json.js";
import { canonical } from "../canonical.js";
import { SCHEMA_KEYWORDS } from "./compare-others.js";
import { mayBeNull } from "./compare-types.js";
import type { ReadSchema, Schema } from "./create-schemas.js";

/** Returns a number that is equal for equivalent schemas of both documents. */
export type SignatureOf = (schema: Schema, read: ReadSchema) => number;

/**
 * How deep a signature looks into a schema. Two schemas that differ only below that depth get the same
 * signature; the comparison still finds the difference.
 */
const DEPTH = 20;

/** Creates signatures that do not depend on the current comparison. */
export function createSignatures(): SignatureOf {
  const numbers = new Map<string, number>();
  const known = new Map<Schema, (number | undefined)[]>();

  return (schema, read) => sign(schema, read, DEPTH);

  function sign(schema: Schema, read: ReadSchema, depth: number): number {
    if (depth === 0) return 0;
    const earlier = known.get(schema) ?? [];
    const signed = earlier[depth];
    if (signed !== undefined) return signed;
    const text = describe(schema, (...inner) => sign(read(...inner), read, depth - 1));
    const number = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, number);
    earlier[depth] = number;
    known.set(schema, earlier);
    return number;
  }
}

function describe({ shape }: Schema, sign: (...schemas: Json[]) => number): string {
  const { types, values, formats, patterns, limits, additional, alternatives, others } = shape;
  const properties = [...shape.properties].map(([name, { isRequired, schemas }]) =>
    JSON.stringify([name, isRequired, sign(...schemas)]),
  );
  const patternProperties = [...shape.patternProperties].map(([pattern, schemas]) =>
    JSON.stringify([pattern, sign(...schemas)]),
  );
  const rare = [...others].map(([name, stated]) =>
    JSON.stringify([
      name,
      stated.map((one) => (SCHEMA_KEYWORDS.has(name) ? sign(one) : canonical(one))),
    ]),
  );
  const variants = new Set(alternatives.map(({ schema }) => sign(schema)));
  return JSON.stringify([
    ...[types && [...types].sort(), mayBeNull(shape), values && [...values].sort(byCodeUnit)],
    ...[formats, [...patterns].sort(), limits, properties.sort(), patternProperties.sort()],
    ...[sign(...shape.items), shape.prefix.map((schemas) => sign(...schemas)), rare.sort()],
    Array.isArray(additional) ? sign(...additional) : additional,
    [...variants].sort((one, other) => one - other),
  ]);
}
