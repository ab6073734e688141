import { GenerateError } from "../generate-error.js";
import { isObject, stringAt, type Json } from "../json.js";
import { createProblems } from "../problems.js";

/** One step of an OpenAPI Overlay. */
export interface OverlayAction {
  /** Its name in messages: its position in the list and its description. */
  label: string;
  /** A JSONPath (RFC 9535). */
  target: string;
  update?: Json;
  remove: boolean;
  /** Adds only missing members, so that those of the vendor are kept. */
  onlyMissing: boolean;
}

/**
 * Reads an OpenAPI Overlay 1.0.0. Throws a `GenerateError` if it does not follow
 * https://spec.openapis.org/overlay/v1.0.0.html. Each action must also state its reason in
 * `description`. With `"x-only-missing": true`, an update only adds members that its targets lack.
 */
export function readOverlay(name: string, overlay: Json | undefined): OverlayAction[] {
  if (!isObject(overlay)) {
    throw new GenerateError(`${name} must hold an object, but holds ${show(overlay)}.`);
  }
  const version = stringAt(overlay, "overlay");
  if (!version || !/^1\.0\.\d+$/.test(version)) {
    throw new GenerateError(
      `${name}: "overlay" must be "1.0.0", but is ${show(overlay["overlay"])}.`,
    );
  }
  if (!stringAt(overlay, "info", "title") || !stringAt(overlay, "info", "version")) {
    throw new GenerateError(`${name}: "info" must have a "title" and a "version".`);
  }
  const actions = overlay["actions"];
  if (!Array.isArray(actions) || actions.length === 0) {
    throw new GenerateError(`${name}: "actions" must be an array with at least one action.`);
  }
  const problems = createProblems();
  const read = actions.flatMap((action, index) => {
    return problems.collect(() => readAction(name, action, index)) ?? [];
  });
  problems.throwIfAny();
  return read;
}

function readAction(name: string, action: Json, index: number): OverlayAction {
  const place = `${name}: action ${index + 1}`;
  const description = stringAt(action, "description");
  if (!isObject(action) || !description) {
    throw new GenerateError(
      `${place} must be an object with a "description" that states its reason.`,
    );
  }
  const label = `${place} ("${description}")`;
  const { target, update, remove = false, "x-only-missing": onlyMissing = false } = action;
  if (typeof target !== "string") {
    throw new GenerateError(`${label}: "target" must be a JSONPath, but is ${show(target)}.`);
  }
  if (typeof remove !== "boolean") {
    throw new GenerateError(`${label}: "remove" must be true or false, but is ${show(remove)}.`);
  }
  if (typeof onlyMissing !== "boolean") {
    throw new GenerateError(
      `${label}: "x-only-missing" must be true or false, but is ${show(onlyMissing)}.`,
    );
  }
  if (!remove && update === undefined) {
    throw new GenerateError(`${label} must have an "update", or "remove": true.`);
  }
  const unknown = Object.keys(action).find((member) => !isKnownMember(member));
  if (unknown) throw new GenerateError(`${label} has an unknown member "${unknown}": remove it.`);
  return { label, target, remove, onlyMissing, ...(update === undefined ? {} : { update }) };
}

function isKnownMember(member: string): boolean {
  return ["target", "description", "update", "remove"].includes(member) || member.startsWith("x-");
}

function show(value: Json | undefined): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
