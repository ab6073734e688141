import type { Side } from "../change.js";
import type { Json } from "../../json.js";
import type { ReadSchema, Schema } from "./create-schemas.js";
import type { Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";

/** Two schemas to compare, each with the reader of its document. */
export interface Pair {
  before: { schema: Schema; read: ReadSchema };
  after: { schema: Schema; read: ReadSchema };
  side: Side;
}

/** A step from two schemas to two inner schemas at the same position. */
export interface Step {
  /** The component that defines it, if that is not the compared one. */
  owner?: string | undefined;
  path: string;
  before: Schema;
  after: Schema;
}

/** The findings of a comparison, and the inner schemas to compare next. */
export interface Comparison {
  findings: Finding[];
  steps: Step[];
}

/** The shapes of the two schemas of a pair. */
export function shapesOf({ before, after }: Pair): [Shape, Shape] {
  return [before.schema.shape, after.schema.shape];
}

/** The step to two inner schemas of the pair. */
export function stepTo({ before, after }: Pair, path: string, was: Json[], now: Json[]): Step {
  return { path, before: before.read(...was), after: after.read(...now) };
}
