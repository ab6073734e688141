import { addressOf } from "./address.js";
import type { Agenda } from "./agenda.js";
import { type Answer, answerEmpty, answerError, answerJson } from "./answer.js";
import type { Knobs } from "./knobs.js";
import type { ListView } from "./list-view.js";
import { nextId } from "./next-id.js";
import type { Random } from "./random.js";
import type { LoggedRequest } from "./request-log.js";
import { respell } from "./respell.js";
import type { Method } from "./route.js";
import { type Row, toBody } from "./row.js";
import { storedEvents } from "./stored-events.js";
import { readInput, type SubscriptionInput } from "./subscription-input.js";
import type { Table } from "./table.js";

/** What the operations work on. */
export interface World {
  readonly table: Table;
  readonly view: ListView;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly knobs: () => Knobs;
}

/** Carries out an operation at a time, in ms, all at once, and returns its answer. */
export type Operation = (world: World, request: LoggedRequest, at: number) => Answer;

export const OPERATIONS: Readonly<Record<Method, Operation>> = {
  GET: list,
  POST: create,
  PUT: update,
  DELETE: remove,
};

function list({ table, view, knobs }: World, { client }: LoggedRequest, at: number): Answer {
  const rows = view.show(table.changes, knobs(), client, at);
  const isTextId = knobs().ids === "text";
  return answerJson(200, { webhook_subscriptions: rows.map((row) => toBody(row, isTextId)) });
}

function create(world: World, request: LoggedRequest, at: number): Answer {
  const { postStatus, postActive, unique, uniqueBy } = world.knobs();
  const input = readInput(request.body);
  if ("errors" in input) return answerInvalid(input.errors);
  const { active = postActive, secret, version } = input;
  const row: Row = {
    ...newRow(world, at),
    ...storedForm(world, input),
    ...{ active, secret, version },
  };
  if (unique !== "off" && world.table.rows().some((other) => isDuplicate(row, other, uniqueBy))) {
    return answerError(unique, "duplicate", ["A subscription of this URL and events exists."]);
  }
  return write(world, row, request, at, postStatus);
}

function update(world: World, request: LoggedRequest, at: number): Answer {
  const { putActive, putSecret } = world.knobs();
  const row = findRow(world, request);
  if (!row) return answerMissing();
  const input = readInput(request.body);
  if ("errors" in input) return answerInvalid(input.errors);
  const active = {
    kept: input.active ?? row.active,
    reset: input.active ?? true,
    alwaysTrue: true,
  }[putActive];
  const secret = input.secret ?? (putSecret === "kept" ? row.secret : undefined);
  const { version } = input;
  const updated_at = toTime(at);
  const next = { ...row, ...storedForm(world, input), active, secret, version, updated_at };
  return write(world, next, request, at, 200);
}

function remove(world: World, request: LoggedRequest, at: number): Answer {
  const { deleteStatus, deleteDelay, softDelete, ids } = world.knobs();
  const row = findRow(world, request);
  if (!row) return answerMissing();
  const carryOut = (moment: number): void => {
    const current = world.table.get(row.id);
    // Its id may belong to another row by then.
    if (current?.serial !== row.serial) return;
    const rest = softDelete ? { ...current, active: false, updated_at: toTime(moment) } : undefined;
    world.table.apply({ at: moment, id: row.id, row: rest, by: request });
  };
  if (deleteDelay > 0) world.agenda.add(at + deleteDelay, carryOut, "write");
  else carryOut(at);
  if (deleteStatus !== 200) return answerEmpty(deleteStatus);
  return answerJson(200, { webhook_subscription: toBody(row, ids === "text") });
}

/** A row that delivers nothing yet, with an id of its own. */
export function newRow({ table, knobs, random }: World, at: number): Row {
  const ever = new Set(table.changes.map(({ id }) => id));
  const now = new Set(table.rows().map(({ id }) => id));
  return {
    id: nextId(knobs().ids, ever, now, random),
    webhook_url: "",
    version: 2,
    events: [],
    active: true,
    last_delivered_at: null,
    delivery_attempts: 0,
    created_at: toTime(at),
    updated_at: toTime(at),
    secret: undefined,
    sentUrl: "",
    foreign: false,
    serial: table.changes.length,
  };
}

/** A time as the API writes it. */
export function toTime(at: number): string {
  return new Date(at).toISOString();
}

function storedForm(
  { knobs, random }: World,
  { webhook_url, events }: SubscriptionInput,
): Pick<Row, "webhook_url" | "sentUrl" | "events"> {
  return {
    webhook_url: respell(webhook_url, knobs().respell),
    sentUrl: webhook_url,
    events: storedEvents(events, knobs().events, random),
  };
}

function write(
  { table, knobs }: World,
  row: Row,
  by: LoggedRequest,
  at: number,
  status: number,
): Answer {
  table.apply({ at, id: row.id, row, by });
  return answerJson(status, { webhook_subscription: toBody(row, knobs().ids === "text") });
}

function findRow({ table }: World, { id }: LoggedRequest): Row | undefined {
  return id === undefined ? undefined : table.get(id);
}

function isDuplicate(row: Row, other: Row, by: Knobs["uniqueBy"]): boolean {
  if (!row.active || !other.active) return false;
  if (addressOf(row.webhook_url) !== addressOf(other.webhook_url)) return false;
  const isShared = (event: string): boolean => other.events.includes(event);
  if (by === "overlap") return row.events.some(isShared);
  return row.events.every(isShared) && other.events.every((event) => row.events.includes(event));
}

function answerInvalid(errors: readonly string[]): Answer {
  return answerError(422, "unprocessable_entity", errors);
}

function answerMissing(): Answer {
  return answerError(404, "not_found", ["There is no such webhook subscription."]);
}
