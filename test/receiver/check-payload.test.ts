import { describe, expect, it } from "vitest";
import { EVENT_NAMES, type EventName } from "../../generated/constants.js";
import { createReceiver, unwrapEvent } from "../../src/receiver/index.js";
import { createEvent } from "../../src/sandbox/index.js";
import { rejectionOf } from "../support/rejection.js";
import { deliveryOf, SECRET } from "./delivery.js";

/** The body of an event from the description's examples, with other fields. */
function bodyOf(name: EventName, data: object = {}, fields: object = {}): string {
  const event = createEvent(name);
  return JSON.stringify({ ...event, data: { ...event.data, ...data }, ...fields });
}

async function refusal(body: string): Promise<unknown> {
  return rejectionOf(unwrapEvent({ ...deliveryOf(body), secret: SECRET, validate: true }));
}

describe("`validate`", () => {
  it.each(EVENT_NAMES)("accepts %s as the vendor documents it, with extra fields", async (name) => {
    const delivery = deliveryOf(bodyOf(name, { more: 1 }, { more: 2 }));
    const event = await unwrapEvent({ ...delivery, secret: SECRET, validate: true });
    expect(event.event_type).toBe(name);
    expect(event.raw).toMatchObject({ more: 2, data: { more: 1 } });
  });

  it.each<[name: EventName, data: object, fields: object, says: string]>([
    ["message.received", { text: 5 }, {}, "`data.text` must be string"],
    ["message.received", { chat_id: undefined }, {}, "`data.chat_id` must be present"],
    ["message.received", { chat_handles: {} }, {}, "`data.chat_handles` must be array"],
    [
      "message.received",
      { chat_handles: [{ identifier: "+1" }, { identifier: 1 }] },
      {},
      "`data.chat_handles.1.identifier` must be string",
    ],
    ["message.received", { reaction_id: 5 }, {}, "`data.reaction_id` must be string,null"],
    ["contact.deleted", { id: "7" }, {}, "`data.id` must be integer"],
    ["message.read", {}, { event_id: 7 }, "`event_id` must be string"],
    ["message.read", {}, { created_at: undefined }, "`created_at` must be present"],
    ["message.read", {}, { api_version: "v3" }, "`api_version` must be equal to constant"],
  ])("refuses %s with %j and %j", async (name, data, fields, says) => {
    const body = bodyOf(name, data, fields);
    const error = await refusal(body);
    expect(error).toMatchObject({ code: "invalid_event", status: 400 });
    expect(String(error)).toContain(says);
    const delivery = deliveryOf(body);
    // Without `validate`, the same body is accepted.
    expect(await unwrapEvent({ ...delivery, secret: SECRET })).toMatchObject({ event_type: name });
    const receiver = createReceiver({ secret: SECRET, validate: true, onRefused: () => undefined });
    expect(await receiver.receive(delivery)).toMatchObject({ status: 400, outcome: "refused" });
  });

  it("accepts event types that the description does not contain", async () => {
    const body = JSON.stringify({ event_type: "toString", data: { text: 5 } });
    const event = await unwrapEvent({ ...deliveryOf(body), secret: SECRET, validate: true });
    expect(event.event_type).toBe("toString");
  });

  it("refuses a value that is not a boolean", async () => {
    const validate = "yes" as unknown as boolean;
    expect(() => createReceiver({ secret: SECRET, validate })).toThrow(/`validate` must be true/);
    const delivery = { ...deliveryOf(), secret: SECRET, validate };
    expect(String(await rejectionOf(unwrapEvent(delivery)))).toContain("`validate` must be true");
  });
});

describe("`raw`", () => {
  it("is the event as received, and is neither enumerable nor serialised", async () => {
    const body = bodyOf("message.read", { raw: 1 }, { raw: "theirs" });
    const event = await unwrapEvent({ ...deliveryOf(body), secret: SECRET });
    expect(event.raw).toEqual(JSON.parse(body));
    expect(event.raw["raw"]).toBe("theirs");
    expect(Object.keys(event)).not.toContain("raw");
    const { raw: theirs, ...others } = JSON.parse(body) as Record<string, unknown>;
    expect(theirs).toBe("theirs");
    expect(JSON.parse(JSON.stringify(event))).toEqual(others);
  });

  it("is also in an event of `createEvent`, for the tests of its handler", () => {
    const event = createEvent("message.read");
    expect(event.raw).toEqual(JSON.parse(JSON.stringify(event)));
  });
});
