import type { Change } from "./change.js";
import { compareWriting } from "./compare-writing.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { schemaOf } from "./compare-headers.js";
import { listParameters, type Parameter } from "./list-parameters.js";
import { compareNotes } from "./schema/compare-notes.js";
import type { Notes } from "./schema/read-notes.js";

/** Compares the parameters that a caller sends. */
export function compareParameters(context: Context, { was, now, place }: OperationPair): Change[] {
  const before = listParameters(context.before, was);
  const after = listParameters(context.after, now);
  // If the path changed, that change already covers its parameters.
  const isFelt = ({ in: where }: Parameter): boolean => where !== "path" || was.path === now.path;
  const removed = [...before.values()].filter(({ key }) => !after.has(key)).filter(isFelt);
  const added = [...after.values()].filter(({ key }) => !before.has(key)).filter(isFelt);
  const moved = removed.flatMap((old) => {
    const current = added.find(({ name }) => name.toLowerCase() === old.name.toLowerCase());
    return current ? [[old, current] as const] : [];
  });
  const hasMoved = new Set(moved.flat());
  return [
    ...moved.flatMap(([old, current]) => move(old, current, place)),
    ...removed.filter((one) => !hasMoved.has(one)).map((one) => removal(one, place)),
    ...added.filter((one) => !hasMoved.has(one)).map((one) => addition(one, place)),
    ...[...after.values()].flatMap((current) => {
      const old = before.get(current.key);
      return old ? compareParameter(context, [old, current], place) : [];
    }),
  ];
}

function move(was: Parameter, now: Parameter, place: string): Change[] {
  const about = { subject: was.subject, detail: `is now a ${now.in} parameter`, place };
  return [changed("request-parameter-moved", "breaking", about)];
}

function removal({ subject, definition }: Parameter, place: string): Change {
  const how = definition["deprecated"] === true ? "-with-deprecation" : "";
  const about = { verb: "removed", subject, place } as const;
  return presence(`request-parameter-removed${how}`, "breaking", about);
}

function addition({ subject, definition }: Parameter, place: string): Change {
  const need = definition["required"] === true ? "required" : "optional";
  const level = need === "required" ? "breaking" : "compatible";
  const about = { verb: "added", subject, detail: need, place } as const;
  return presence(`new-${need}-request-parameter`, level, about);
}

function compareParameter(
  context: Context,
  [was, now]: [Parameter, Parameter],
  place: string,
): Change[] {
  const { subject } = now;
  const notes = [notesOf(context, "before", was), notesOf(context, "after", now)] as const;
  const [old, current] = [was, now].map(({ definition }) => definition["required"] === true);
  const mayBeLeftOut = !old && !current;
  const said = compareNotes(...notes, { side: "request", mayBeLeftOut }).map(
    ({ rule, effect, detail }) => {
      // For parameters, notes have the same level in both directions.
      const level = effect === "narrower" || effect === "wider" ? "note" : effect;
      return changed(rule.replace("{at}", "request-parameter"), level, { subject, detail, place });
    },
  );
  return [
    ...compareNames(was, now, place),
    ...compareRequired(was, now, place),
    ...said,
    ...compareWriting(context, [was, now], place),
    ...context.schemas.compare(schemaOf(was.definition), schemaOf(now.definition), {
      ...{ side: "request", at: "request-parameter", inner: "request-parameter-property" },
      ...{ subject, place },
    }),
  ];
}

/** Requests do not contain the name of a path parameter, but programs that write the path use it. */
function compareNames(was: Parameter, now: Parameter, place: string): Change[] {
  if (was.in !== "path" || was.name === now.name) return [];
  const about = { subject: was.subject, detail: `is now called ${now.name}`, place };
  return [changed("request-path-parameter-renamed", "note", about)];
}

function compareRequired(was: Parameter, now: Parameter, place: string): Change[] {
  const [old, current] = [was, now].map(({ definition }) => definition["required"] === true);
  // A path parameter is always required, whatever the document says.
  if (old === current || now.in === "path") return [];
  const word = current ? "required" : "optional";
  const about = { subject: now.subject, detail: `now ${word}`, place };
  return [changed(`request-parameter-became-${word}`, current ? "breaking" : "compatible", about)];
}

function notesOf(
  { schemas }: Context,
  document: "before" | "after",
  { definition }: Parameter,
): Notes {
  const { notes } = schemas.read[document](schemaOf(definition) ?? {}).shape;
  const sunset = definition["x-sunset"];
  return {
    ...{ isReadOnly: false, isWriteOnly: false, defaultValue: notes.defaultValue },
    isDeprecated: definition["deprecated"] === true || notes.isDeprecated,
    sunset: typeof sunset === "string" ? sunset : notes.sunset,
  };
}
