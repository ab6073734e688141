import { exec } from "jsonpath-rfc9535";
import { GenerateError } from "../generate-error.js";
import { isObject, stringAt, type Json, type JsonObject } from "../json.js";
import type { Problems } from "../problems.js";
import type { OverlayAction } from "../read/read-overlay.js";

/**
 * Applies the actions in order and returns a new document. An action without a matching target is a
 * problem, because its effect would be lost silently. So is an action whose target is inside a
 * `$ref`, which has no members of its own.
 */
export function applyOverlay(
  document: JsonObject,
  actions: OverlayAction[],
  problems: Problems,
): JsonObject {
  const result = structuredClone(document);
  for (const action of actions) {
    problems.collect(() => {
      applyAction(result, action);
    });
  }
  return result;
}

function applyAction(document: JsonObject, action: OverlayAction): void {
  const targets = findTargets(document, action);
  if (targets.length === 0) {
    throw new GenerateError(
      `${action.label}: nothing matches its target ${action.target}: ` +
        (refOnTheWay(document, action) ??
          `if the vendor's page has changed, correct the action or remove it.`),
    );
  }
  // In reverse order, so that removing an entry of an array does not shift the remaining targets.
  for (const target of targets.reverse()) {
    if (action.remove) removeTarget(action, target);
    else if (action.update !== undefined) updateTarget(action, target, action.update);
  }
}

/** Explains the failure if a part of the target is a `$ref`. */
function refOnTheWay(document: JsonObject, action: OverlayAction): string | undefined {
  for (let target = action.target; ;) {
    const shorter = target.replace(/(?:\.[\w-]+|\.?\*|\[[^[\]]*\])$/, "");
    if (shorter === target || shorter === "") return undefined;
    target = shorter;
    const [found] = findTargets(document, { ...action, target });
    const ref = stringAt(found?.value, "$ref");
    if (ref !== undefined) {
      return `${target} is a $ref to "${ref}", which is not followed, so target that instead.`;
    }
  }
}

interface Target {
  value: Json;
  /** The object or array that holds the value; `undefined` for the root. */
  parent: Json | undefined;
  name: string | number;
}

function findTargets(document: JsonObject, action: OverlayAction): Target[] {
  const targets: Target[] = [];
  try {
    exec(document, action.target, (value, path) => {
      targets.push({ value, parent: parentAt(document, path), name: path.at(-1) ?? "" });
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(
      `${action.label}: its target ${action.target} is not a valid JSONPath (RFC 9535): ${reason}`,
      { cause: error },
    );
  }
  return targets;
}

function parentAt(document: Json, path: (string | number)[]): Json | undefined {
  if (path.length === 0) return undefined;
  return path.slice(0, -1).reduce<Json | undefined>(step, document);
}

function step(value: Json | undefined, name: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(name)];
  return isObject(value) ? value[name] : undefined;
}

function removeTarget(action: OverlayAction, { parent, name }: Target): void {
  if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else if (isObject(parent)) Reflect.deleteProperty(parent, name);
  else {
    throw new GenerateError(
      `${action.label} would remove the whole document: target a member of it.`,
    );
  }
}

function updateTarget(action: OverlayAction, { value }: Target, update: Json): void {
  if (Array.isArray(value)) {
    value.push(structuredClone(update));
  } else if (isObject(value) && isObject(update)) {
    mergeInto(value, action.onlyMissing ? withoutKnown(value, update) : update, action);
  } else {
    throw new GenerateError(
      `${action.label}: its target ${action.target} must be an array, or an object with an ` +
        `object as "update": target the object that holds the value to change.`,
    );
  }
}

function withoutKnown(target: JsonObject, update: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(update).filter(([name]) => !Object.hasOwn(target, name)),
  );
}

/** Merges objects, joins arrays and replaces other values; a `$ref` replaces the whole target. */
function mergeInto(target: JsonObject, update: JsonObject, action: OverlayAction): void {
  const ref = stringAt(target, "$ref");
  if (typeof update["$ref"] === "string") {
    for (const name of Object.keys(target)) Reflect.deleteProperty(target, name);
  } else if (ref !== undefined && Object.keys(update).length > 0) {
    throw new GenerateError(
      `${action.label}: its update would add members to a $ref to "${ref}", which cannot have ` +
        `any: target "${ref}" instead.`,
    );
  }
  for (const [name, value] of Object.entries(update)) {
    const existing = Object.hasOwn(target, name) ? target[name] : undefined;
    if (isObject(existing) && isObject(value)) mergeInto(existing, value, action);
    else if (Array.isArray(existing) && Array.isArray(value))
      // Without duplicates, which `required` must not have.
      target[name] = [...new Set([...existing, ...structuredClone(value)])];
    else target[name] = structuredClone(value);
  }
}
