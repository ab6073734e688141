import type { Change } from "./change.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { compareRequirements, requirementsOf, type Requirement } from "./compare-requirements.js";
import { schemesOf, type SecurityScheme } from "./security-schemes.js";

/** Compares how callers authenticate. */
export function compareSecurity({ before, after }: Context, pairs: OperationPair[]): Change[] {
  const [was, now] = [schemesOf(before), schemesOf(after)];
  const renamed = matchSchemes(was, now);
  return pairs.flatMap(({ was: old, now: current, place }) => {
    // Callers do not see the names of schemes, so both sides use the earlier names.
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

/** The earlier name of each scheme that existed before, perhaps under another name. */
function matchSchemes(
  before: ReadonlyMap<string, SecurityScheme>,
  after: ReadonlyMap<string, SecurityScheme>,
): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const [name, { content }] of after) {
    const namesake = before.get(name);
    const equal = [...before.values()].find((scheme) => scheme.content === content);
    const same = namesake?.content === content ? namesake : (equal ?? namesake);
    if (same) renamed.set(name, same.name);
  }
  return renamed;
}

interface Schemes {
  was: ReadonlyMap<string, SecurityScheme>;
  now: ReadonlyMap<string, SecurityScheme>;
  renamed: ReadonlyMap<string, string>;
  place: string;
}

/** Compares the schemes that an operation uses in both documents. */
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

/** The label of a scheme, or its URLs if both have the same label. */
function showScheme(scheme: SecurityScheme, other: SecurityScheme): string {
  return scheme.label === other.label ? scheme.addresses : scheme.label;
}
