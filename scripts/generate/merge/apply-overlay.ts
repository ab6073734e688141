import { exec } from "jsonpath-rfc9535";
import { GenerateError } from "../generate-error.js";
import { isObject, type Json, type JsonObject } from "../json.js";
import type { OverlayAction } from "../read/read-overlay.js";

/**
 * Applies the actions one after the other and returns a new document. An action whose target is
 * gone is an error: what it was for would be lost without a word.
 */
export function applyOverlay(document: JsonObject, actions: OverlayAction[]): JsonObject {
  const result = structuredClone(document);
  for (const action of actions) {
    const targets = findTargets(result, action);
    if (targets.length === 0) {
      throw new GenerateError(
        `${action.label}: nothing matches its target ${action.target}. ` +
          `Has the vendor's page changed? Correct the action or remove it.`,
      );
    }
    // Last one first, so that removing an entry of an array does not shift the ones still to come.
    for (const target of targets.reverse()) {
      if (action.remove) removeTarget(action, target);
      else if (action.update !== undefined) updateTarget(action, target, action.update);
    }
  }
  return result;
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
    mergeInto(value, update);
  } else {
    throw new GenerateError(
      `${action.label}: its target ${action.target} must be an array, or an object with an ` +
        `object as "update"; aim at the object that holds the value to be changed.`,
    );
  }
}

/** Objects merge, arrays are joined, anything else is replaced. */
function mergeInto(target: JsonObject, update: JsonObject): void {
  for (const [name, value] of Object.entries(update)) {
    const existing = target[name];
    if (isObject(existing) && isObject(value)) mergeInto(existing, value);
    else if (Array.isArray(existing) && Array.isArray(value))
      target[name] = [...existing, ...structuredClone(value)];
    else target[name] = structuredClone(value);
  }
}
