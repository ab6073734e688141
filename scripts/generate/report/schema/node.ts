import type { Finding } from "./finding.js";

/** What has been found about two schemas, and the pairs that they lead to. */
export interface Node {
  /** The component that their members belong to, if it is the same one. */
  name: string | undefined;
  /** Whether they are that component themselves, so that what is found is about it. */
  isComponent: boolean;
  findings: Finding[];
  edges: Edge[];
}

interface Edge {
  owner?: string | undefined;
  path: string;
  node: Node;
}

/** Remembers of nodes that are done whether they lead to a finding; each is looked at once. */
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

/** A node and those that it leads to, but not those behind one that is known. */
function reachable(root: Node, isKnown: (node: Node) => boolean): Node[] {
  const found = new Set([root]);
  // A set hands out what is added while it is walked.
  for (const node of found) {
    if (!isKnown(node)) for (const { node: next } of node.edges) found.add(next);
  }
  return [...found];
}
