import type { Change } from "./change.js";
import { compareContent } from "./compare-content.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { followRef, followObject } from "./follow-ref.js";
import { isObject, objectAt } from "../json.js";

/** Compares the body that a caller sends. */
export function compareBody(context: Context, { was, now, place }: OperationPair): Change[] {
  const old = followRef(context.before, was.definition["requestBody"]);
  const current = followRef(context.after, now.definition["requestBody"]);
  const about = { subject: "body", place };
  if (!isObject(old) && !isObject(current)) return [];
  if (!isObject(current))
    return [presence("request-body-removed", "breaking", { verb: "removed", ...about })];
  const isRequired = current["required"] === true;
  const detail = isRequired ? "required" : "optional";
  const level = isRequired ? "breaking" : "compatible";
  if (!isObject(old))
    return [presence(`request-body-added-${detail}`, level, { verb: "added", detail, ...about })];
  const became = { ...about, detail: `now ${detail}` };
  return [
    ...((old["required"] === true) === isRequired
      ? []
      : [changed(`request-body-became-${detail}`, level, became)]),
    ...compareContent(context, [objectAt(old, "content"), objectAt(current, "content")], {
      ...{ side: "request", at: "request-body", inner: "request-property", ...about },
    }),
  ];
}

/** Compares the body of a delivery. */
export function compareDelivery(context: Context, { was, now, place }: OperationPair): Change[] {
  const old = followObject(context.before, was.definition["requestBody"]);
  const current = followObject(context.after, now.definition["requestBody"]);
  const about = { subject: "body", place };
  const isRequired = current["required"] === true;
  const detail = isRequired ? "now required" : "now optional";
  const level = isRequired ? "compatible" : "breaking";
  const rule = `response-body-became-${isRequired ? "required" : "optional"}`;
  return [
    ...((old["required"] === true) === isRequired
      ? []
      : [changed(rule, level, { ...about, detail })]),
    ...compareAnswer(context, [objectAt(old, "content"), objectAt(current, "content")], place),
  ];
}

/** Compares the body that a program reads. */
export function compareAnswer(
  context: Context,
  contents: Parameters<typeof compareContent>[1],
  place: string,
): Change[] {
  const [was, now] = contents.map((content) => Object.keys(content).length > 0);
  const about = { subject: "body", place };
  if (was && !now)
    return [presence("response-body-removed", "breaking", { verb: "removed", ...about })];
  if (!was && now)
    return [presence("response-body-added", "compatible", { verb: "added", ...about })];
  return compareContent(context, contents, {
    ...{ side: "response", at: "response-body", inner: "response-property", ...about },
  });
}
