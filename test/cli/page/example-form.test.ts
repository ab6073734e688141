import { describe, expect, it } from "vitest";
import { describeExample } from "../../../src/cli/page/example-form.js";
import { EVENT_NAMES } from "../../../src/index.js";

describe("the form of an example", () => {
  it("has each described field, and fields of lists once for each member", () => {
    const { data, fields } = describeExample("message.received");
    expect(data).toMatchObject({ from_phone: "+13125550187" });
    const paths = fields.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(["text", "chat_handles.0.identifier", "chat_handles.1.is_me"]),
    );
    expect(paths.filter((path) => path.includes("*") || path.startsWith("attachments"))).toEqual(
      [],
    );
    expect(fields).toContainEqual({
      ...{ path: "text", type: "string", isRequired: true },
      description: "What was written.",
    });
  });

  it.each(EVENT_NAMES)("exists for %s", (event) => {
    const { data, fields } = describeExample(event);
    expect(Object.keys(data).length).toBeGreaterThan(0);
    expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
  });

  it.each(["message.snet", "", "__proto__"])("does not exist for %j", (event) => {
    expect(() => describeExample(event)).toThrow("Unknown event.");
  });
});
