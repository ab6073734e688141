import type { Change } from "./change.js";
import { compareAnswer } from "./compare-body.js";
import { compareHeaders } from "./compare-headers.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { followObject } from "./follow-ref.js";
import { objectAt, type JsonObject } from "../json.js";
import { coversStatus, isSuccess } from "./status.js";

type Responses = Map<string, JsonObject>;

/** Compares the responses that a caller may receive. */
export function compareResponses(context: Context, pair: OperationPair): Change[] {
  const was = responsesOf(context.before, pair.was.definition);
  const now = responsesOf(context.after, pair.now.definition);
  const removed = [...was.keys()].filter((status) => !now.has(status));
  const added = [...now.keys()].filter((status) => !was.has(status));
  const compare = (old: string, current: string): Change[] =>
    compareResponse(
      context,
      [was.get(old) ?? {}, now.get(current) ?? {}],
      `${pair.place} ${current}`,
    );
  const both = [...now.keys()].filter((status) => was.has(status));
  const [from, to] = movedStatus(removed, added);
  return [
    ...(from && to ? [move(from, to, pair.place), ...compare(from, to)] : []),
    ...removed
      .filter((status) => status !== from)
      .map((status) => removal(context, { status, was, now, place: pair.place })),
    ...added
      .filter((status) => status !== to)
      .map((status) => addition(context, { status, was, now, place: pair.place })),
    ...both.flatMap((status) => compare(status, status)),
  ];
}

/** If one success status was removed and one was added, they are the same response. */
function movedStatus(removed: string[], added: string[]): string[] {
  const [was, now] = [removed.filter(isSuccess), added.filter(isSuccess)];
  return was.length === 1 && now.length === 1 ? [...was, ...now] : [];
}

function responsesOf(document: JsonObject, definition: JsonObject): Responses {
  const stated = Object.entries(objectAt(definition, "responses"));
  return new Map(
    stated
      .filter(([status]) => !status.startsWith("x-"))
      .map(([status, response]) => [
        status === "default" ? status : status.toUpperCase(),
        followObject(document, response),
      ]),
  );
}

/** The change of the success status to another one, or to a range. */
function move(was: string, now: string, place: string): Change {
  const level = coversStatus(was, now) ? "compatible" : "breaking";
  const about = { subject: "status", detail: `was ${was}, is now ${now}`, place };
  return changed("response-success-status-changed", level, about);
}

interface Presence {
  status: string;
  was: Responses;
  now: Responses;
  place: string;
}

function removal(context: Context, { status, was, now, place }: Presence): Change {
  const about = { verb: "removed", subject: `status ${status}`, place } as const;
  if (isSuccess(status)) return presence("response-success-status-removed", "breaking", about);
  // Code that reads the body of an error still compiles if another error has the same body.
  const body = jsonOf(was.get(status));
  const isTold = [...now].some(([other, response]) => {
    if (isSuccess(other)) return false;
    return coversStatus(other, status) || isSameBody(context, body, jsonOf(response));
  });
  const level = isTold || body === undefined ? "compatible" : "breaking";
  return presence("response-non-success-status-removed", level, about);
}

function addition(context: Context, { status, was, now, place }: Presence): Change {
  const about = { verb: "added", subject: `status ${status}`, place } as const;
  if (!isSuccess(status)) return presence("response-non-success-status-added", "compatible", about);
  const body = jsonOf(now.get(status));
  const isTold = [...was].some(([other, response]) => {
    if (!isSuccess(other)) return false;
    return coversStatus(other, status) || isSameBody(context, jsonOf(response), body);
  });
  return presence("response-success-status-added", isTold ? "compatible" : "breaking", about);
}

type Body = ReturnType<typeof jsonOf>;

function jsonOf(response: JsonObject = {}): JsonObject | undefined {
  const content = objectAt(response, "content");
  return Object.keys(content).length === 0 ? undefined : content;
}

function isSameBody(context: Context, was: Body, now: Body): boolean {
  if (!was || !now) return was === now;
  return compareAnswer(context, [was, now], "").length === 0;
}

function compareResponse(
  context: Context,
  [was, now]: [JsonObject, JsonObject],
  place: string,
): Change[] {
  return [
    ...compareAnswer(context, [objectAt(was, "content"), objectAt(now, "content")], place),
    ...compareHeaders(context, [was, now], place),
  ];
}
