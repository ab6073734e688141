import { levelOf, type Change, type Side } from "../change.js";
import type { Json, JsonObject } from "../../json.js";
import { compareAlternatives } from "./compare-alternatives.js";
import { compareLimits } from "./compare-limits.js";
import {
  compareItems,
  compareOpenness,
  compareOthers,
  type Comparison,
} from "./compare-members.js";
import { compareProperties } from "./compare-properties.js";
import { compareTexts } from "./compare-texts.js";
import { compareTypes } from "./compare-types.js";
import { compareValues } from "./compare-values.js";
import { createSchemas, type ReadSchema, type Schema } from "./create-schemas.js";
import type { Finding } from "./finding.js";
import { createMarks, isUnchanged, type Node } from "./node.js";
import { sharedOwner } from "./shared-owner.js";
import type { Pair, Step } from "./step.js";

/** Where two schemas are used. */
export interface Position {
  side: Side;
  /** What rules call the value, such as `request-body`. */
  at: string;
  /** What rules call a member of it, such as `request-property`. */
  inner: string;
  subject: string;
  place: string;
}

/** Compares the schemas of two documents, each pair once however often it is used. */
export interface SchemaComparison {
  compare: (before: Json | undefined, after: Json | undefined, position: Position) => Change[];
  isSame: (before: Json | undefined, after: Json | undefined, side: Side) => boolean;
  /** What the schema of one document says. */
  read: { before: ReadSchema; after: ReadSchema };
}

export function createSchemaComparison(before: JsonObject, after: JsonObject): SchemaComparison {
  const [readBefore, readAfter] = [createSchemas(before), createSchemas(after)];
  const nodes = new Map<string, Node>();
  const marks = createMarks();

  return {
    compare(was = {}, now = {}, position) {
      const node = nodeOf(readBefore(was), readAfter(now), position.side);
      return marks.isChanged(node) ? showNode(node, position, marks.isChanged) : [];
    },
    isSame: (was = {}, now = {}, side) => {
      return isUnchanged(nodeOf(readBefore(was), readAfter(now), side));
    },
    read: { before: readBefore, after: readAfter },
  };

  function nodeOf(was: Schema, now: Schema, side: Side): Node {
    const key = [was.id, now.id, side].join(" ");
    const known = nodes.get(key);
    if (known) return known;
    const isComponent = was.isComponent && now.isComponent && was.name === now.name;
    const name = sharedOwner(was.name, now.name);
    const node: Node = { name, isComponent, findings: [], edges: [] };
    // Known before it is done, so that schemas may lead back to themselves.
    nodes.set(key, node);
    const pair: Pair = {
      before: { schema: was, read: readBefore },
      after: { schema: now, read: readAfter },
      side,
    };
    const { findings, steps } = comparePair(pair);
    node.findings = findings;
    node.edges = steps.map((step) => ({ ...step, node: nodeOf(step.before, step.after, side) }));
    return node;
  }

  function comparePair(pair: Pair): Comparison {
    const { side } = pair;
    const [was, now] = [pair.before.schema.shape, pair.after.schema.shape];
    const alternatives = compareAlternatives(pair, ({ schema: one }, { schema: other }) =>
      isUnchanged(nodeOf(one, other, side)),
    );
    if (alternatives.isWhole) return alternatives;
    const { findings, isComparable } = compareTypes(was, now);
    if (!isComparable) return { findings, steps: [] };
    const parts = [compareProperties(pair), compareOpenness(pair), alternatives];
    const own: Finding[] = [
      ...compareValues(was, now),
      ...compareLimits(was, now),
      ...compareTexts(was, now),
      ...compareOthers(was, now, (one, other) =>
        isUnchanged(nodeOf(readBefore(one), readAfter(other), side)),
      ),
    ];
    return {
      findings: [...findings, ...own, ...parts.flatMap((part) => part.findings)],
      steps: [...compareItems(pair), ...parts.flatMap((part): Step[] => part.steps)],
    };
  }
}

/** Writes down what a node and those that it leads to have found, each once. */
function showNode(root: Node, position: Position, isChanged: (node: Node) => boolean): Change[] {
  const changes: Change[] = [];
  const seen = new Set<Node>();
  walk(root, position.at, position.subject);
  return changes;

  function walk(node: Node, at: string, subject: string): void {
    if (seen.has(node)) return;
    seen.add(node);
    for (const finding of node.findings) {
      const about = finding.path || node.isComponent ? ownerOf(finding) : subject;
      changes.push(toChange(finding, position, at, about));
    }
    for (const edge of node.edges) {
      if (isChanged(edge.node)) walk(edge.node, position.inner, ownerOf(edge) + edge.path);
    }

    function ownerOf({ owner }: { owner?: string | undefined }): string {
      return owner ?? node.name ?? subject;
    }
  }
}

function toChange(
  { rule, effect, verb, detail, path }: Finding,
  { side, inner, place }: Position,
  at: string,
  owner: string,
): Change {
  const member = inner.replace(/^(?:request|response)-/, "");
  return {
    rule: rule.replace("{at}", at).replace("{inner}", inner).replace("{member}", member),
    level: levelOf(effect, side),
    ...{ verb, subject: owner + path, detail, places: place === "" ? [] : [place] },
  };
}
