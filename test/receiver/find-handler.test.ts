import { describe, expect, test, vi } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { findHandler } from "../../src/receiver/find-handler.js";
import { parseEvent } from "../../src/receiver/parse-event.js";
import { writeEvent } from "./delivery.js";

describe("findHandler", () => {
  test.each(EVENT_NAMES)("passes %s unchanged to its own handler", (event_type) => {
    const event = parseEvent(writeEvent({ event_type }));
    const handlers = EVENT_NAMES.map(
      (name) => [name, vi.fn<(event: unknown) => string>()] as const,
    );
    const onUnknownEvent = vi.fn();
    findHandler(event, { on: Object.fromEntries(handlers), onUnknownEvent })?.();
    for (const [name, handler] of handlers) {
      expect(handler.mock.calls).toEqual(name === event_type ? [[event]] : []);
    }
    expect(onUnknownEvent).not.toHaveBeenCalled();
  });

  test.each(["message.edited", "constructor", "__proto__", "toString", "hasOwnProperty", "0"])(
    "treats %j as an unknown event",
    (event_type) => {
      const event = parseEvent(writeEvent({ event_type }));
      const onUnknownEvent = vi.fn();
      findHandler(event, { on: {}, onUnknownEvent })?.();
      expect(onUnknownEvent.mock.calls).toEqual([[event]]);
      expect(findHandler(event, { on: {}, onUnknownEvent: undefined })).toBeUndefined();
    },
  );

  test("returns no handler for a known event without one", () => {
    const onUnknownEvent = vi.fn();
    const on = { "message.sent": vi.fn(), "message.read": undefined };
    // A table whose values may be undefined comes from callers without types.
    const handler = findHandler(parseEvent(writeEvent()), { on: on as object, onUnknownEvent });
    expect(handler).toBeUndefined();
  });

  test("returns the result of the handler", () => {
    const on = { "message.read": () => "done" };
    expect(findHandler(parseEvent(writeEvent()), { on, onUnknownEvent: undefined })?.()).toBe(
      "done",
    );
  });
});
