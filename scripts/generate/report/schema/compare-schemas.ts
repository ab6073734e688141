import type { Change, Side } from "../change.js";
import type { Json, JsonObject } from "../../json.js";
import { comparePair } from "./compare-pair.js";
import { createSchemas, type ReadSchema, type Schema } from "./create-schemas.js";
import { createMarks, type Node } from "./node.js";
import { sharedOwner } from "./shared-owner.js";
import { showNode } from "./show-node.js";
import { createSignatures } from "./signature.js";

/** The place where two schemas are used. */
export interface Position {
  side: Side;
  /** The name of the value in rules, such as `request-body`. */
  at: string;
  /** The name of its members in rules, such as `request-property`. */
  inner: string;
  subject: string;
  place: string;
}

/** Compares the schemas of two documents, each pair once, however often it is used. */
export interface SchemaComparison {
  compare: (before: Json | undefined, after: Json | undefined, position: Position) => Change[];
  /** The readers of the two documents. */
  read: { before: ReadSchema; after: ReadSchema };
}

export function createSchemaComparison(before: JsonObject, after: JsonObject): SchemaComparison {
  const read = { before: createSchemas(before), after: createSchemas(after) };
  const nodes = new Map<string, Node>();
  const { isChanged } = createMarks();
  const shown = new Map<string, Change[]>();
  const signatureOf = createSignatures();
  const isSame = (one: Schema, other: Schema): boolean =>
    signatureOf(one, read.before) === signatureOf(other, read.after);

  return {
    compare(was = {}, now = {}, position) {
      const schemas = [read.before(was), read.after(now)] as const;
      const node = nodeOf(...schemas, position.side);
      if (!isChanged(node)) return [];
      const { at, inner, subject, place } = position;
      const key = JSON.stringify([schemas[0].id, schemas[1].id, at, inner, subject]);
      const changes = shown.get(key) ?? showNode(node, position, isChanged);
      shown.set(key, changes);
      return changes.map((change) => ({ ...change, places: place === "" ? [] : [place] }));
    },
    read,
  };

  function nodeOf(was: Schema, now: Schema, side: Side): Node {
    const key = [was.id, now.id, side].join(" ");
    const known = nodes.get(key);
    if (known) return known;
    const isComponent = was.isComponent && now.isComponent && was.name === now.name;
    const name = sharedOwner(was.name, now.name);
    const node: Node = { name, isComponent, findings: [], edges: [] };
    // Stored before it is complete, because schemas may be recursive.
    nodes.set(key, node);
    const pair = {
      before: { schema: was, read: read.before },
      after: { schema: now, read: read.after },
    };
    const { findings, steps } = comparePair({ ...pair, side }, isSame);
    node.findings = findings;
    node.edges = steps.map(({ owner, path, before, after }) => {
      return { owner, path, node: nodeOf(before, after, side) };
    });
    return node;
  }
}
