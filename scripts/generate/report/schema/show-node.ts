import { levelOf, type Change } from "../change.js";
import type { Finding } from "./finding.js";
import type { Node } from "./node.js";
import type { Position } from "./compare-schemas.js";

/**
 * A pair of schemas that is not a component is reported wherever it is used. This limits the total
 * number of repeats, because the number of paths to a schema can be exponential.
 */
const MAX_REPEATS = 1_000;

/** The findings of a node and of the nodes inside it, each once, without places. */
export function showNode(
  root: Node,
  position: Position,
  isChanged: (node: Node) => boolean,
): Change[] {
  const changes: Change[] = [];
  const seen = new Set<Node>();
  const above = new Set<Node>();
  let repeats = 0;
  walk(root, position.at, position.subject);
  return changes;

  function walk(node: Node, at: string, subject: string): void {
    if (!isChanged(node) || above.has(node)) return;
    if (seen.has(node) && (node.isComponent || repeats++ >= MAX_REPEATS)) return;
    seen.add(node);
    above.add(node);
    for (const finding of node.findings) {
      const about = finding.path || node.isComponent ? ownerOf(finding) : subject;
      changes.push(toChange(finding, position, at, about + finding.path));
    }
    for (const edge of node.edges) walk(edge.node, position.inner, ownerOf(edge) + edge.path);
    above.delete(node);

    function ownerOf({ owner }: { owner?: string | undefined }): string {
      return owner ?? node.name ?? subject;
    }
  }
}

function toChange(
  { rule, effect, verb, detail }: Finding,
  { side, inner }: Position,
  at: string,
  subject: string,
): Change {
  const member = inner.replace(/^(?:request|response)-/, "");
  return {
    rule: rule.replace("{at}", at).replace("{inner}", inner).replace("{member}", member),
    level: levelOf(effect, side),
    ...{ verb, subject, detail, places: [] },
  };
}
