import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { validateConfig } from "../../../generated/config-validator.js";
import type { Validate, ValidationError } from "../../../generated/operations.js";
import { nearest } from "../../checks/nearest.js";
import type { Problem } from "./config-error.js";

/** An error that also carries the schema of the broken rule. */
type SchemaError = ValidationError & { parentSchema?: { properties?: object } };

// The validator is plain JavaScript, so TypeScript cannot infer the type of its errors.
const validate: Validate = validateConfig;

/** More edits suggest a different word rather than a typing error. */
const MAX_EDITS = 3;

const URL_EXPECTED = 'must be an absolute URL such as "https://example.com/hook"';
const SECRET_EXPECTED = 'must be { "env": NAME } or { "file": PATH }';

/** The path of an event name. */
const EVENT = "subscriptions[].events[]";

/** The expected value of each path, without its indexes. */
const EXPECTED: Readonly<Record<string, string>> = {
  "": 'must be an object such as { "subscriptions": [] }',
  $schema: "must be the path or the URL of a schema",
  subscriptions: "must be an array with an object for each URL",
  "subscriptions[]": 'must be an object with "webhook_url" and "events"',
  "subscriptions[].webhook_url": URL_EXPECTED,
  "subscriptions[].events": 'must be an array of at least one event name, or "all"',
  [EVENT]: "must be the name of an event",
  "subscriptions[].active": "must be true or false",
  "subscriptions[].version": "must be a positive integer such as 2",
  "subscriptions[].secret": SECRET_EXPECTED,
  "subscriptions[].secret.env": "must be the name of an environment variable, such as LINQ_SECRET",
  "subscriptions[].secret.file": "must be the path of a file",
  "subscriptions[].replaces": "must be an array of URLs",
  "subscriptions[].replaces[]": URL_EXPECTED,
  scope: "must be an array of at least one URL prefix",
  "scope[]": URL_EXPECTED,
  prune: "must be true or false",
};

/** Finds everything that the schema does not allow. */
export function findProblems(root: Node, allowUnknownEvents: boolean): Problem[] {
  validate(getNodeValue(root));
  const errors: readonly SchemaError[] = validate.errors ?? [];
  return errors.flatMap((error) => {
    const path = toPath(error.instancePath);
    const node = findNodeAtLocation(root, path) ?? root;
    const at = (message: string, { offset } = node): Problem[] => [{ offset, path, message }];
    switch (error.keyword) {
      case "if":
        // The validator reports the broken rule of the `then` separately.
        return [];
      case "enum":
        if (shapeOf(path) !== EVENT) return at(explain(path, node, error));
        // For a value that is not a string, the validator also reports the type.
        if (allowUnknownEvents || typeof node.value !== "string") return [];
        return at(`unknown event; did you mean "${nearest(node.value, EVENT_NAMES) ?? ""}"?`);
      case "required": {
        const name = String(error.params["missingProperty"]);
        const isScope = name === "scope";
        return at(
          isScope
            ? '"prune" needs "scope": add the URL prefixes in which to delete'
            : `"${name}" is missing`,
        );
      }
      case "additionalProperties": {
        const name = String(error.params["additionalProperty"]);
        const known = Object.keys(error.parentSchema?.properties ?? {});
        const key = findKey(node, name);
        return at(`unknown key; ${hint(name, known)}`, key);
      }
      default:
        return at(explain(path, node, error));
    }
  });
}

/** Suggests the nearest key, or lists all keys if none is near. */
function hint(name: string, known: readonly string[]): string {
  const meant = nearest(name, known, MAX_EDITS);
  const all = known.map((each) => `"${each}"`).join(", ");
  return meant === undefined ? `expected one of ${all}` : `did you mean "${meant}"?`;
}

/** Says what is expected. For a new field of the specification it uses the words of the rule. */
function explain(path: JSONPath, node: Node, { keyword, message, params }: SchemaError): string {
  const isPlainSecret = path.at(-1) === "secret" && node.type === "string";
  const rule = keyword === "enum" ? oneOf(params["allowedValues"]) : message;
  const expected = EXPECTED[shapeOf(path)] ?? rule ?? "must be a different value";
  return isPlainSecret ? `${expected}; do not write the secret into this file` : expected;
}

function oneOf(values: unknown): string {
  const all = Array.isArray(values) ? values.map((value) => JSON.stringify(value)) : [];
  return `must be one of ${all.join(", ")}`;
}

function shapeOf(path: JSONPath): string {
  return path
    .map((step) => (typeof step === "number" ? "[]" : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

/** Splits a JSON pointer into its steps. No key of the schema is a number. */
function toPath(pointer: string): JSONPath {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function findKey(node: Node, name: string): Node {
  const property = node.children?.find(({ children }) => children?.[0]?.value === name);
  return property ?? node;
}
