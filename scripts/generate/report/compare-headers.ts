import type { Change } from "./change.js";
import { changed, presence, type Context } from "./context.js";
import { followObject } from "./follow-ref.js";
import { objectAt, valueAt, type Json, type JsonObject } from "../json.js";
import { compareNotes } from "./schema/compare-notes.js";

/** A header or another named value that a program reads in addition to the body. */
export interface Field {
  /** Its name in messages. */
  subject: string;
  definition: JsonObject;
}

/** Compares the headers of a response; their names are case-insensitive. */
export function compareHeaders(
  context: Context,
  [before, after]: [JsonObject, JsonObject],
  place: string,
): Change[] {
  return compareFields(
    context,
    [headersOf(context.before, before), headersOf(context.after, after)],
    place,
  );
}

function headersOf(document: JsonObject, response: JsonObject): Map<string, Field> {
  const headers = Object.entries(objectAt(response, "headers")).map(([name, header]) => {
    const field = { subject: `header ${name}`, definition: followObject(document, header) };
    return [name.toLowerCase(), field] as const;
  });
  // The type of the body is compared as part of the content.
  return new Map(headers.filter(([name]) => name !== "content-type"));
}

/** Compares the named values that a program reads. */
export function compareFields(
  context: Context,
  [before, after]: [ReadonlyMap<string, Field>, ReadonlyMap<string, Field>],
  place: string,
): Change[] {
  const removed = [...before].filter(([name]) => !after.has(name)).map(([, field]) => field);
  const added = [...after].filter(([name]) => !before.has(name)).map(([, field]) => field);
  return [
    ...removed.map(({ subject, definition }) => {
      const need = definition["required"] === true ? "required" : "optional";
      const about = { verb: "removed", subject, place } as const;
      return presence(`${need}-response-header-removed`, "breaking", about);
    }),
    ...added.map(({ subject }) =>
      presence("response-header-added", "compatible", { verb: "added", subject, place }),
    ),
    ...[...after].flatMap(([name, now]) => {
      const was = before.get(name);
      return was ? compareField(context, [was, now], place) : [];
    }),
  ];
}

function compareField(context: Context, [was, now]: [Field, Field], place: string): Change[] {
  const { subject } = now;
  const [old, current] = [was, now].map(({ definition }) => definition["required"] === true);
  const word = current ? "required" : "optional";
  const level = current ? "compatible" : "breaking";
  const about = { subject, detail: `now ${word}`, place };
  return [
    ...(old === current ? [] : [changed(`response-header-became-${word}`, level, about)]),
    ...compareFieldDeprecation([was, now], place),
    ...context.schemas.compare(schemaOf(was.definition), schemaOf(now.definition), {
      ...{ side: "response", at: "response-header", inner: "response-header-property" },
      ...{ subject, place },
    }),
  ];
}

function compareFieldDeprecation([was, now]: [Field, Field], place: string): Change[] {
  return compareNotes(notesOf(was.definition), notesOf(now.definition), {
    side: "response",
    mayBeLeftOut: true,
  }).map(({ rule, detail }) =>
    changed(rule.replace("{at}", "response-header"), "note", {
      subject: now.subject,
      detail,
      place,
    }),
  );
}

function notesOf({
  deprecated,
  "x-sunset": sunset,
}: JsonObject): Parameters<typeof compareNotes>[0] {
  return {
    ...{ isReadOnly: false, isWriteOnly: false, defaultValue: undefined },
    isDeprecated: deprecated === true,
    sunset: typeof sunset === "string" ? sunset : undefined,
  };
}

/** The schema of a header or parameter, which may be under its only media type. */
export function schemaOf(definition: JsonObject): Json | undefined {
  const [media] = Object.values(objectAt(definition, "content"));
  return definition["schema"] ?? valueAt(media, "schema");
}
