import type { Change } from "./change.js";
import { changed } from "./context.js";
import { arrayAt, byCodeUnit, isObject, type Json, type JsonObject } from "../json.js";
import type { SecurityScheme } from "./security-schemes.js";

/** One alternative: the schemes that it combines, each with its scopes. */
export interface Requirement {
  schemes: ReadonlyMap<string, string[]>;
  label: string;
}

/** The alternatives of an operation; `renamed` maps names of schemes to their earlier names. */
export function requirementsOf(
  document: JsonObject,
  definition: JsonObject,
  schemes: ReadonlyMap<string, SecurityScheme>,
  renamed: ReadonlyMap<string, string>,
): Requirement[] {
  const stated = arrayAt(definition["security"] === undefined ? document : definition, "security");
  const requirements: Json[] = stated.length > 0 ? stated : [{}];
  return requirements.filter(isObject).map((names) => {
    const sorted = Object.entries(names).sort(([a], [b]) => byCodeUnit(a, b));
    return {
      schemes: new Map(sorted.map(([name, scopes]) => [renamed.get(name) ?? name, texts(scopes)])),
      label: sorted.map(([name, scopes]) => labelOf(schemes.get(name), name, scopes)).join(" and "),
    };
  });
}

function texts(scopes: Json): string[] {
  const named = Array.isArray(scopes) ? scopes : [];
  return named.filter((scope) => typeof scope === "string").sort();
}

function labelOf(scheme: SecurityScheme | undefined, name: string, scopes: Json): string {
  const named = texts(scopes);
  const label = scheme?.label ?? name;
  return named.length > 0 ? `${label} with ${named.join(" and ")}` : label;
}

/** Compares the alternatives of an operation. Callers with valid credentials must keep access. */
export function compareRequirements(
  was: Requirement[],
  now: Requirement[],
  place: string,
): Change[] {
  const [old, current] = [was.map(keyOf).sort(), now.map(keyOf).sort()];
  if (old.join() === current.join()) return [];
  // A caller keeps access if its credentials satisfy one of the new alternatives.
  const isBreaking = !was.every((had) => now.some((needs) => isEnough(had, needs)));
  const detail = `was ${show(was)}, is now ${show(now)}`;
  const rule = ruleOf(was, now);
  return [
    changed(rule, isBreaking ? "breaking" : "compatible", { subject: "security", detail, place }),
  ];
}

function keyOf({ schemes }: Requirement): string {
  return JSON.stringify([...schemes].sort(([a], [b]) => byCodeUnit(a, b)));
}

function isEnough(had: Requirement, needs: Requirement): boolean {
  return [...needs.schemes].every(([name, scopes]) => {
    const shown = had.schemes.get(name);
    return shown !== undefined && scopes.every((scope) => shown.includes(scope));
  });
}

function show(requirements: Requirement[]): string {
  return requirements.map(({ label }) => label || "nothing").join(" or ");
}

function ruleOf(was: Requirement[], now: Requirement[]): string {
  const [wasOpen, isOpen] = [was, now].map((all) => all.some(({ schemes }) => schemes.size === 0));
  if (wasOpen && !isOpen) return "api-security-added";
  if (isOpen && !wasOpen) return "api-security-removed";
  const [old, current] = [was.map(keyOf), now.map(keyOf)];
  if (old.every((key) => current.includes(key))) return "api-security-alternative-added";
  if (current.every((key) => old.includes(key))) return "api-security-alternative-removed";
  if (namesOf(was) !== namesOf(now)) return "api-security-updated";
  const isMore = was.every((had) => now.some((needs) => isEnough(needs, had)));
  return isMore ? "api-security-scope-added" : "api-security-scope-removed";
}

function namesOf(requirements: Requirement[]): string {
  return JSON.stringify(requirements.map(({ schemes }) => [...schemes.keys()].sort()).sort());
}
