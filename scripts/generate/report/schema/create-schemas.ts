import { isObject, type Json, type JsonObject } from "../../json.js";
import { gatherParts, joinAll, nameOf, type Gathered } from "./gather-parts.js";
import { readShape, type Shape } from "./read-shape.js";

/** Everything that applies to a value. Schemas with the same parts are the same object. */
export interface Schema extends Gathered {
  id: number;
  /** The component that it refers to, directly or through a wrapper. */
  name: string | undefined;
  /** Whether it refers to that component directly. */
  isComponent: boolean;
  shape: Shape;
}

/** Reads several schemas as one. */
export type ReadSchema = (...schemas: Json[]) => Schema;

/** Returns a reader for the schemas of a document. */
export function createSchemas(document: JsonObject): ReadSchema {
  const ids = new Map<unknown, number>();
  const known = new Map<string, Schema>();

  const single = new Map<Json, Schema>();

  return function read(...written) {
    const [only = {}, ...others] = written;
    if (others.length > 0) return readAll(written);
    const schema = single.get(only) ?? readAll(written);
    single.set(only, schema);
    return schema;
  };

  function readAll(written: Json[]): Schema {
    const gathered = joinAll(written.map((one) => gatherParts(document, one)));
    const unique = { ...gathered, parts: withoutRepeats(gathered.parts) };
    const key = keyOf(unique);
    const earlier = known.get(key);
    if (earlier) return earlier;
    const [only, ...others] = written;
    const name = only !== undefined && others.length === 0 ? nameOf(only) : undefined;
    const isComponent = name !== undefined && isObject(only) && Object.keys(only).join() === "$ref";
    const shape = readShape(unique);
    const schema = { ...unique, id: known.size, name, isComponent, shape };
    known.set(key, schema);
    return schema;
  }

  function keyOf({ parts, alternatives, isNullable }: Gathered): string {
    const partIds = parts.map(({ keywords }) => idOf(keywords)).sort((a, b) => a - b);
    const variantIds = alternatives.map(({ schema }) => idOf(schema)).sort((a, b) => a - b);
    return JSON.stringify([partIds, variantIds, isNullable]);
  }

  function idOf(value: unknown): number {
    const id = ids.get(value) ?? ids.size;
    ids.set(value, id);
    return id;
  }
}

function withoutRepeats(parts: Gathered["parts"]): Gathered["parts"] {
  const byKeywords = new Map(parts.map((part) => [part.keywords, part]));
  return [...byKeywords.values()];
}
