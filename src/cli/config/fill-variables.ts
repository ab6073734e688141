import { findNodeAtLocation, type JSONPath, type Node } from "jsonc-parser";
import { hasKeyName } from "../../checks/mask-urls.js";
import type { Problem } from "./config-error.js";

/** The variables that a file may name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What came of filling them in. */
export interface Filled {
  readonly problems: readonly Problem[];
  /** Values that are to be seen nowhere, since the names of their variables say that they are keys. */
  readonly keys: readonly string[];
}

/** An escaped beginning, a variable, or a beginning of one that does not go on as one. */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_]\w*)\}|\$\{/g;

/** Puts values of the environment in place of `${NAME}` in the URLs of a file, and `${` for `$${`. */
export function fillVariables(root: Node, text: string, variables: Variables): Filled {
  const problems: Problem[] = [];
  const keys: string[] = [];
  for (const { node, path } of findUrls(root)) fill(node, path);
  return { problems, keys };

  function fill(node: Node, path: JSONPath): void {
    // As it is written, in which the places are to be found again.
    const written = text.slice(node.offset, node.offset + node.length);
    let from = 0;
    const filled = (node.value as string).replace(REFERENCE, (reference, name?: string) => {
      const at = written.indexOf(reference, from);
      // A file may write a character as \u0024; then the place is that of the whole text.
      if (at >= 0) from = at + reference.length;
      if (reference === "$${") return "${";
      const isSet = name !== undefined && Object.hasOwn(variables, name);
      const value = isSet ? variables[name] : undefined;
      const objection = findObjection(name, value);
      if (objection !== undefined) {
        problems.push({ path, offset: node.offset + Math.max(at, 0), message: objection });
      }
      if (name !== undefined && value !== undefined && hasKeyName(name)) keys.push(value);
      return value ?? reference;
    });
    // The tree is ours alone, and what is read from it later is to find this.
    Object.assign(node, { value: filled });
  }
}

/** Neither the name nor the value is repeated: somebody may have put a secret there. */
function findObjection(name: string | undefined, value: string | undefined): string | undefined {
  if (name === undefined) return 'expected a variable such as ${NAME}; "${" itself is "$${"';
  if (value === undefined) return "this environment variable is not set";
  return value === "" ? "this environment variable is empty" : undefined;
}

/** The texts in which variables are filled in. */
function findUrls(root: Node): { readonly node: Node; readonly path: JSONPath }[] {
  const entries = findNodeAtLocation(root, ["subscriptions"])?.children ?? [];
  return [
    ...entries.flatMap((_entry, index) => [
      ["subscriptions", index, "webhook_url"],
      ...itemsOf(["subscriptions", index, "replaces"]),
    ]),
    ...itemsOf(["scope"]),
  ].flatMap((path) => {
    const node = findNodeAtLocation(root, path);
    return node?.type === "string" ? [{ node, path }] : [];
  });

  function itemsOf(path: JSONPath): JSONPath[] {
    const items = findNodeAtLocation(root, path)?.children ?? [];
    return items.map((_item, index) => [...path, index]);
  }
}
