import type { Change } from "./change.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { arrayAt, byCodeUnit, isObject, type Json, type JsonObject } from "../json.js";
import { schemesOf, type SecurityScheme } from "./security-schemes.js";

/** Compares how callers show who they are. */
export function compareSecurity({ before, after }: Context, pairs: OperationPair[]): Change[] {
  const [was, now] = [schemesOf(before), schemesOf(after)];
  const renamed = matchSchemes(was, now);
  return pairs.flatMap(({ was: old, now: current, place }) => {
    // The names of schemes are the document's own affair: those of before stand for both.
    const requirements = [
      requirementsOf(before, old.definition, was, new Map()),
      requirementsOf(after, current.definition, now, renamed),
    ] as const;
    return [
      ...compareRequirements(requirements[0], requirements[1], place),
      ...compareUsedSchemes(requirements, { was, now, renamed, place }),
    ];
  });
}

/** The name of before for each scheme of now that is or was the same. */
function matchSchemes(
  before: ReadonlyMap<string, SecurityScheme>,
  after: ReadonlyMap<string, SecurityScheme>,
): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const [name, { content }] of after) {
    const namesake = before.get(name);
    const twin = [...before.values()].find((scheme) => scheme.content === content);
    const same = namesake?.content === content ? namesake : (twin ?? namesake);
    if (same) renamed.set(name, same.name);
  }
  return renamed;
}

/** One alternative: schemes that are needed together, each with its scopes. */
interface Requirement {
  schemes: ReadonlyMap<string, string[]>;
  label: string;
}

function requirementsOf(
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

function compareRequirements(was: Requirement[], now: Requirement[], place: string): Change[] {
  const [old, current] = [was.map(keyOf).sort(), now.map(keyOf).sort()];
  if (old.join() === current.join()) return [];
  // Who could call before still can if what they show is enough for one of the alternatives.
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

interface Schemes {
  was: ReadonlyMap<string, SecurityScheme>;
  now: ReadonlyMap<string, SecurityScheme>;
  renamed: ReadonlyMap<string, string>;
  place: string;
}

/** Compares the schemes that an operation used before and still uses. */
function compareUsedSchemes(
  [before, after]: readonly [Requirement[], Requirement[]],
  { was, now, renamed, place }: Schemes,
): Change[] {
  const isUsed = (name: string): boolean =>
    [before, after].every((all) => all.some(({ schemes }) => schemes.has(name)));
  return [...now].flatMap(([name, current]) => {
    const old = was.get(renamed.get(name) ?? name);
    return old && isUsed(old.name) ? compareSchemes(old, current, place) : [];
  });
}

function compareSchemes(was: SecurityScheme, now: SecurityScheme, place: string): Change[] {
  const subject = `security scheme ${now.name}`;
  const removed = was.scopes.filter((scope) => !now.scopes.includes(scope));
  const added = now.scopes.filter((scope) => !was.scopes.includes(scope));
  const rule = "api-security-component-oauth-scope";
  return [
    ...(was.content === now.content
      ? []
      : [
          changed("api-security-component-changed", "breaking", {
            ...{ subject, place },
            detail: `was ${showScheme(was, now)}, is now ${showScheme(now, was)}`,
          }),
        ]),
    ...removed.map((scope) => {
      const about = { verb: "removed", subject, detail: `scope ${scope}`, place } as const;
      return presence(`${rule}-removed`, "breaking", about);
    }),
    ...added.map((scope) => {
      const about = { verb: "added", subject, detail: `scope ${scope}`, place } as const;
      return presence(`${rule}-added`, "compatible", about);
    }),
  ];
}

/** Where the words are the same the addresses differ. */
function showScheme(scheme: SecurityScheme, other: SecurityScheme): string {
  return scheme.label === other.label ? scheme.addresses : scheme.label;
}
