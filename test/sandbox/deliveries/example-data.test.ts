import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { EVENT_NAMES, type EventName } from "../../../generated/constants.js";
import { createSandbox } from "../../../src/sandbox/index.js";
import { HOOK, subscribe } from "../call-api.js";

const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema(
  JSON.parse(
    readFileSync(new URL("../../../spec/webhook-events.json", import.meta.url), "utf8"),
  ) as object,
  "webhook-events.json",
);

/** The ways in which a body violates the description of an event; empty if there are none. */
function findFaults(event: EventName, body: unknown): unknown[] {
  const schema = `webhooks/${event}/post/requestBody/content/application~1json/schema`;
  ajv.validate({ $ref: `webhook-events.json#/${schema}` }, body);
  return ajv.errors ?? [];
}

describe("an event without data", () => {
  test.each(EVENT_NAMES)("carries an example that fits the description of %s", async (event) => {
    const sandbox = createSandbox({ receivers: { [HOOK]: () => new Response() } });
    await subscribe(sandbox, { events: [event] });
    const [delivery] = await sandbox.emit(event);
    const body: unknown = JSON.parse(delivery?.body ?? "");
    expect(body).toMatchObject({ event_type: event, data: expect.anything() as unknown });
    expect(findFaults(event, body)).toEqual([]);
  });

  test("fails the same check as another event", () => {
    expect(findFaults("message.read", { event_type: "message.sent", data: {} })).not.toEqual([]);
  });
});
