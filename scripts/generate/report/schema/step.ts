import type { Side } from "../change.js";
import type { ReadSchema, Schema } from "./create-schemas.js";

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
