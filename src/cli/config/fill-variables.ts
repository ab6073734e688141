import { findNodeAtLocation, type JSONPath, type Node } from "jsonc-parser";
import { hasKeyName } from "../../checks/mask-urls.js";
import type { Problem } from "./config-error.js";

/** The environment variables that a file may refer to. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The result of filling in variables. */
export interface Filled {
  readonly problems: readonly Problem[];
  /** Values to redact, because the names of their variables mark them as keys. */
  readonly keys: readonly string[];
}

/** An escaped `${`, a variable, or a `${` that does not start a variable. */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_]\w*)\}|\$\{/g;

/** Replaces `${NAME}` in the URLs of a file with values of the environment, and `$${` with `${`. */
export function fillVariables(root: Node, text: string, variables: Variables): Filled {
  const problems: Problem[] = [];
  const keys: string[] = [];
  for (const { node, path } of findUrls(root)) fill(node, path);
  return { problems, keys };

  function fill(node: Node, path: JSONPath): void {
    // The raw text of the file, to locate each reference.
    const written = text.slice(node.offset, node.offset + node.length);
    let from = 0;
    const filled = (node.value as string).replace(REFERENCE, (reference, name?: string) => {
      const at = written.indexOf(reference, from);
      // A file may write a character as \u0024; the problem then points to the start of the value.
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
    // Nobody else holds the tree, and later readers need the filled value.
    Object.assign(node, { value: filled });
  }
}

/** The message repeats neither the name nor the value, because either may be a secret. */
function findObjection(name: string | undefined, value: string | undefined): string | undefined {
  if (name === undefined)
    return 'expected a variable such as ${NAME}; write "$${" for a literal "${"';
  if (value === undefined) return "this environment variable is not set; set it";
  return value === "" ? "this environment variable is empty; set it" : undefined;
}

/** Finds the strings that may contain variables. */
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
