import { exec } from "jsonpath-rfc9535";
import { GenerateError } from "../generate-error.js";
import { isObject, stringAt, type Json, type JsonObject } from "../json.js";
import type { Problems } from "../problems.js";
import type { OverlayAction } from "../read/read-overlay.js";

/**
 * Applies the actions one after the other and returns a new document. An action whose target is
 * gone is a problem: what it was for would be lost without a word. So is one that aims into a
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
      `${action.label}: nothing matches its target ${action.target}. ` +
        (refOnTheWay(document, action) ??
          `Has the vendor's page changed? Correct the action or remove it.`),
    );
  }
  // Last one first, so that removing an entry of an array does not shift the ones still to come.
  for (const target of targets.reverse()) {
    if (action.remove) removeTarget(action, target);
    else if (action.update !== undefined) updateTarget(action, target, action.update);
  }
}

/** Says so where the path ends at a `$ref` and the target names a member behind that. */
function refOnTheWay(document: JsonObject, action: OverlayAction): string | undefined {
  for (let target = action.target; ;) {
    const shorter = target.replace(/(?:\.[\w-]+|\.?\*|\[[^[\]]*\])$/, "");
    if (shorter === target || shorter === "") return undefined;
    target = shorter;
    const [found] = findTargets(document, { ...action, target });
    const ref = stringAt(found?.value, "$ref");
    if (ref !== undefined) {
      return `At ${target} there is a $ref to "${ref}", which is not followed: aim at that.`;
    }
  }
}

interface Target {
  value: Json;
  /** What holds the value; `undefined` for the root. */
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
      `${action.label}: its target ${action.target} is not a JSONPath of RFC 9535: ${reason}`,
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
  else throw new GenerateError(`${action.label} would remove the whole document.`);
}

function updateTarget(action: OverlayAction, { value }: Target, update: Json): void {
  if (Array.isArray(value)) {
    value.push(structuredClone(update));
  } else if (isObject(value) && isObject(update)) {
    mergeInto(value, action.onlyMissing ? withoutKnown(value, update) : update, action);
  } else {
    throw new GenerateError(
      `${action.label}: its target ${action.target} must be an array, or an object with an ` +
        `object as "update"; aim at the object that holds the value to be changed.`,
    );
  }
}

function withoutKnown(target: JsonObject, update: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(update).filter(([name]) => !Object.hasOwn(target, name)),
  );
}

/** Objects merge, arrays are joined, anything else is replaced; a `$ref` replaces all there is. */
function mergeInto(target: JsonObject, update: JsonObject, action: OverlayAction): void {
  const ref = stringAt(target, "$ref");
  if (typeof update["$ref"] === "string") {
    for (const name of Object.keys(target)) Reflect.deleteProperty(target, name);
  } else if (ref !== undefined && Object.keys(update).length > 0) {
    throw new GenerateError(
      `${action.label}: its update would add members to a $ref to "${ref}", which has none of ` +
        `its own: aim at what it leads to.`,
    );
  }
  for (const [name, value] of Object.entries(update)) {
    const existing = Object.hasOwn(target, name) ? target[name] : undefined;
    if (isObject(existing) && isObject(value)) mergeInto(existing, value, action);
    else if (Array.isArray(existing) && Array.isArray(value))
      // A name that is required once more is required once.
      target[name] = [...new Set([...existing, ...structuredClone(value)])];
    else target[name] = structuredClone(value);
  }
}
