import { expect, it } from "vitest";
import { createShield } from "../../../src/cli/output/shield.js";

it("hides values in all later output", () => {
  const written: string[] = [];
  const shield = createShield();
  const output = shield.cover({ write: (text) => written.push(text) });
  output.write("before: s3ntinel-1");
  shield.hide("s3ntinel-1");
  shield.hide("s3ntinel-22");
  output.write("after: s3ntinel-1, s3ntinel-22");
  expect(written).toEqual(["before: s3ntinel-1", "after: [REDACTED], [REDACTED]"]);
  expect(shield.redact('{"a":"s3ntinel-1"}')).toBe('{"a":"[REDACTED]"}');
});

it("does not hide a short value like `any`, which is part of ordinary words", () => {
  const shield = createShield();
  shield.hide("any");
  shield.hide("");
  shield.hide(undefined);
  expect(shield.redact("anybody")).toBe("anybody");
});

it("returns the current width of a terminal", () => {
  const terminal = { write: () => undefined, isTTY: true, columns: 80 };
  const output = createShield().cover(terminal);
  terminal.columns = 100;
  expect(output).toMatchObject({ isTTY: true, columns: 100 });
});
