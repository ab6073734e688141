import type { Change } from "./change.js";
import { compareDelivery } from "./compare-body.js";
import { compareContent } from "./compare-content.js";
import { compareFields, type Field } from "./compare-headers.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { followObject } from "./follow-ref.js";
import { objectAt, type JsonObject } from "../json.js";
import { listOperations, type Operation } from "../list-operations.js";
import { listParameters } from "./list-parameters.js";
import { nameOf } from "./context.js";
import { operationsOf } from "./match-operations.js";
import { coversStatus } from "./status.js";

/** Compares deliveries, for which a program reads the request and writes the response. */
export function compareDeliveries(context: Context): Change[] {
  const was = deliveriesOf(context.before);
  const now = deliveriesOf(context.after);
  const gone = [...was.keys()].filter((name) => !now.has(name));
  const come = [...now.keys()].filter((name) => !was.has(name));
  return [
    ...gone.map((name) => {
      const about = { verb: "removed", subject: `delivery ${name}`, place: "" } as const;
      return presence("webhook-removed", "breaking", about);
    }),
    ...come.map((name) => {
      const about = { verb: "added", subject: `delivery ${name}`, place: "" } as const;
      return presence("webhook-added", "compatible", about);
    }),
    ...[...now].flatMap(([place, current]) => {
      const old = was.get(place);
      return old ? comparePair(context, { was: old, now: current, place }) : [];
    }),
  ];
}

/** Webhooks by name, and callbacks by operation and name. */
function deliveriesOf(document: JsonObject): Map<string, Operation> {
  const webhooks = itemsOf(document, objectAt(document, "webhooks"), "");
  const callbacks = operationsOf(document).flatMap((operation) =>
    Object.entries(objectAt(operation.definition, "callbacks")).flatMap(([name, callback]) =>
      itemsOf(document, followObject(document, callback), `${nameOf(operation)} ${name} `),
    ),
  );
  return new Map([...webhooks, ...callbacks]);
}

function itemsOf(document: JsonObject, items: JsonObject, owner: string): [string, Operation][] {
  return Object.entries(items).flatMap(([name, item]) => {
    const operations = listOperations({ paths: { [name]: followObject(document, item) } });
    return operations.map((operation): [string, Operation] => {
      const method = operations.length > 1 ? ` ${operation.method.toUpperCase()}` : "";
      return [owner + name + method, operation];
    });
  });
}

function comparePair(context: Context, pair: OperationPair): Change[] {
  const { was, now, place } = pair;
  const fields = [fieldsOf(context.before, was), fieldsOf(context.after, now)] as const;
  return [
    ...compareDeprecation(pair),
    ...compareFields(context, [...fields], place),
    ...compareDelivery(context, pair),
    ...compareAnswers(context, pair),
  ];
}

function compareDeprecation({ was, now, place }: OperationPair): Change[] {
  const [old, current] = [was, now].map(({ definition }) => definition["deprecated"] === true);
  if (old === current) return [];
  const rule = current ? "webhook-deprecated" : "webhook-reactivated";
  const detail = current ? "now deprecated" : "no longer deprecated";
  return [changed(rule, "note", { subject: `delivery ${place}`, detail, place: "" })];
}

function fieldsOf(document: JsonObject, operation: Operation): Map<string, Field> {
  const parameters = [...listParameters(document, operation).values()];
  return new Map(
    parameters.map(({ key, in: place, name, definition }) => [
      key,
      { subject: place === "header" ? `header ${name}` : `${place} parameter ${name}`, definition },
    ]),
  );
}

/** Compares the responses that a program may give to a delivery. */
function compareAnswers(context: Context, { was, now, place }: OperationPair): Change[] {
  const before = objectAt(was.definition, "responses");
  const after = objectAt(now.definition, "responses");
  const isStated = (answers: JsonObject, status: string): boolean =>
    Object.keys(answers).some((stated) => coversStatus(stated.replace("xx", "XX"), status));
  const gone = Object.keys(before).filter((status) => !isStated(after, status));
  const come = Object.keys(after).filter((status) => !isStated(before, status));
  const say = (verb: "added" | "removed", status: string): Change => {
    const about = { verb, subject: `answer ${status}`, place };
    return presence(`webhook-answer-${verb}`, verb === "added" ? "compatible" : "breaking", about);
  };
  return [
    ...gone.map((status) => say("removed", status)),
    ...come.map((status) => say("added", status)),
    ...Object.entries(after).flatMap(([status, answer]) => {
      const old = followObject(context.before, before[status]);
      const current = followObject(context.after, answer);
      return compareContent(context, [objectAt(old, "content"), objectAt(current, "content")], {
        ...{ side: "request", at: "request-body", inner: "request-property", subject: "body" },
        place: `${place} answer ${status}`,
      });
    }),
  ];
}
