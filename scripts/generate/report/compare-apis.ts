import type { Fact, Facts } from "./describe-schema.js";

/** One difference between two versions of an API. */
export interface Change {
  /** Whether programs that use this client may have to change. */
  isBreaking: boolean;
  verb: "added" | "removed" | "changed";
  subject: string;
  detail: string;
  place: string;
}

/** Compares what a user could rely on before with what they can rely on now. */
export function compareApis(before: Facts, after: Facts): Change[] {
  const removed = [...before].flatMap(([key, fact]) =>
    after.has(key) || isGone(fact, before, after) ? [] : [removal(fact)],
  );
  const added = [...after].flatMap(([key, fact]) =>
    before.has(key) || isGone(fact, after, before) ? [] : [addition(fact)],
  );
  const changed = [...after].flatMap(([key, now]) => {
    const was = before.get(key);
    return was ? compareFacts(was, now) : [];
  });
  return [...removed, ...added, ...changed];
}

/** Whether the whole of which the fact is a part is missing on the other side. */
function isGone({ parent }: Fact, here: Facts, there: Facts): boolean {
  return parent !== undefined && here.has(parent) && !there.has(parent);
}

function removal(fact: Fact): Change {
  return change(fact, "removed", true, "");
}

function addition(fact: Fact): Change {
  const { side, isRequired, isAlternative } = fact;
  if (isAlternative) return change(fact, "added", side === "response", "");
  if (side !== "request") return change(fact, "added", false, "");
  return change(fact, "added", isRequired, isRequired ? "required" : "optional");
}

function compareFacts(was: Fact, now: Fact): Change[] {
  return [
    ...compareTypes(was, now),
    ...compareRequired(was, now),
    ...compareValues(was, now),
    ...compareLimits(was, now),
  ];
}

/** A caller may go on sending what was taken; a reader may go on expecting what came. */
function compareTypes(was: Fact, now: Fact): Change[] {
  const detail = `was ${was.types.join(" or ")}, is now ${now.types.join(" or ")}`;
  if (was.types.join() === now.types.join()) return [];
  const isBreaking = {
    contract: true,
    request: !was.types.every((type) => covers(now.types, type)),
    response: !now.types.every((type) => covers(was.types, type)),
  }[now.side];
  return [change(now, "changed", isBreaking, detail)];
}

function covers(types: string[], type: string): boolean {
  return (
    types.includes(type) ||
    types.includes("any") ||
    (type === "integer" && types.includes("number"))
  );
}

function compareRequired(was: Fact, now: Fact): Change[] {
  if (was.isRequired === now.isRequired) return [];
  const isBreaking = now.isRequired === (now.side === "request");
  return [change(now, "changed", isBreaking, now.isRequired ? "now required" : "now optional")];
}

/** In an answer a new value breaks too: code that has a case for each value lacks one. */
function compareValues(was: Fact, now: Fact): Change[] {
  const isResponse = now.side === "response";
  if (!was.values && !now.values) return [];
  if (!was.values || !now.values) {
    const isOpen = !now.values;
    const detail = isOpen ? "now any value" : `now only ${now.values?.join(", ") ?? ""}`;
    return [change(now, "changed", isOpen === isResponse, detail)];
  }
  const { values: old } = was;
  const { values: current } = now;
  return [
    ...old
      .filter((value) => !current.includes(value))
      .map((value) => change(now, "removed", true, `value ${value}`)),
    ...current
      .filter((value) => !old.includes(value))
      .map((value) => change(now, "added", isResponse, `value ${value}`)),
  ];
}

function compareLimits(was: Fact, now: Fact): Change[] {
  const isRequest = now.side === "request";
  return [
    ...now.limits
      .filter((limit) => !was.limits.includes(limit))
      .map((limit) => change(now, "changed", isRequest, `now ${limit}`)),
    ...was.limits
      .filter((limit) => !now.limits.includes(limit))
      .map((limit) => change(now, "changed", false, `no longer ${limit}`)),
  ];
}

function change(
  { subject, place }: Fact,
  verb: Change["verb"],
  isBreaking: boolean,
  detail: string,
): Change {
  return { isBreaking, verb, subject, detail, place };
}
