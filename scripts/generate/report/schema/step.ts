import type { Side } from "../change.js";
import type { Json } from "../../json.js";
import type { ReadSchema, Schema } from "./create-schemas.js";
import type { Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";

/** Two schemas that are compared, each with the reader of its document. */
export interface Pair {
  before: { schema: Schema; read: ReadSchema };
  after: { schema: Schema; read: ReadSchema };
  side: Side;
}

/** From two schemas to two that they hold and that stand for the same. */
export interface Step {
  /** The component that states it, if another than the one that is compared. */
  owner?: string | undefined;
  path: string;
  before: Schema;
  after: Schema;
}

/** What a comparison finds at once, and where it goes on. */
export interface Comparison {
  findings: Finding[];
  steps: Step[];
}

/** What the two schemas of a pair say. */
export function shapesOf({ before, after }: Pair): [Shape, Shape] {
  return [before.schema.shape, after.schema.shape];
}

/** The step to two schemas that the pair holds. */
export function stepTo({ before, after }: Pair, path: string, was: Json[], now: Json[]): Step {
  return { path, before: before.read(...was), after: after.read(...now) };
}
