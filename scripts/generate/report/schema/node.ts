import type { Finding } from "./finding.js";

/** The findings about a pair of schemas, and the pairs inside it. */
export interface Node {
  /** The component that their members belong to, if both have the same one. */
  name: string | undefined;
  /** Whether they are that component itself, so that findings are about it. */
  isComponent: boolean;
  findings: Finding[];
  edges: Edge[];
}

interface Edge {
  owner?: string | undefined;
  path: string;
  node: Node;
}

/** Remembers whether a node or a node inside it has a finding; visits each node once. */
export interface Marks {
  isChanged: (node: Node) => boolean;
}

export function createMarks(): Marks {
  const marks = new Map<Node, boolean>();

  return {
    isChanged(node) {
      if (!marks.has(node)) mark(reachable(node, (known) => marks.has(known)));
      return marks.get(node) ?? false;
    },
  };

  function mark(nodes: Node[]): void {
    const parents = new Map<Node, Node[]>();
    for (const node of nodes) {
      for (const { node: child } of node.edges) {
        const known = parents.get(child);
        if (known) known.push(node);
        else parents.set(child, [node]);
      }
    }
    const pending = nodes.filter((node) => marks.get(node) ?? node.findings.length > 0);
    for (let node = pending.pop(); node; node = pending.pop()) {
      marks.set(node, true);
      pending.push(...(parents.get(node) ?? []).filter((parent) => !marks.get(parent)));
    }
    for (const node of nodes) marks.set(node, marks.get(node) ?? false);
  }
}

/** A node and the nodes inside it, but without the insides of known nodes. */
function reachable(root: Node, isKnown: (node: Node) => boolean): Node[] {
  const found = new Set([root]);
  // The iteration of a set includes entries that are added during it.
  for (const node of found) {
    if (!isKnown(node)) for (const { node: next } of node.edges) found.add(next);
  }
  return [...found];
}
