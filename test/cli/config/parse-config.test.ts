import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDesired } from "../../../src/cli/config/parse-config.js";
import { EVENT_NAMES } from "../../../src/index.js";
import { planSync } from "../../../src/sync/index.js";
import { parse } from "./config-problems.js";

const entry = fc.record(
  {
    events: fc.uniqueArray(fc.constantFrom(...EVENT_NAMES), { minLength: 1 }),
    active: fc.boolean(),
    version: fc.integer({ min: 1, max: 9 }),
    replaces: fc.array(fc.webUrl({ withQueryParameters: true })),
    isSigned: fc.boolean(),
  },
  { requiredKeys: ["events", "isSigned"] },
);

/** White space and comments, which have no meaning. */
const gap = fc.constantFrom("", " ", "\n", "\r\n", "\t", " // é\n", "/* 😀 , } */");

describe("a file of any entries", () => {
  it("is parsed to the same subscriptions, whatever its layout", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 5 }),
        gap,
        fc.boolean(),
        (entries, space, hasEnd) => {
          const wanted = entries.map(({ isSigned, ...fields }, index) => ({
            webhook_url: `https://example.com/hook-${index}?a=${index}`,
            ...fields,
            ...(isSigned && { secret: `secret of ${index}` }),
          }));
          const file = {
            subscriptions: wanted.map((fields, index) => ({
              ...fields,
              ...("secret" in fields && { secret: { env: `SECRET_${index}` } }),
            })),
          };
          const text = layOut(file, space, hasEnd);
          const config = parse(text);
          const desired = toDesired(config, ({ secret }, index) => secret && `secret of ${index}`);
          expect(planSync(desired, [], { allowUnknownEvents: true }).steps).toEqual(
            planSync(wanted, []).steps,
          );
          expect(JSON.parse(JSON.stringify(desired))).toEqual(JSON.parse(JSON.stringify(wanted)));
        },
      ),
    );
  });
});

describe("the content of a file", () => {
  const entry = { webhook_url: "https://a.example/x", events: "all" };

  it("may name all events, which are the ones that this version knows", () => {
    const { subscriptions } = parse(JSON.stringify({ subscriptions: [entry] }));
    expect(subscriptions).toEqual([{ ...entry, events: EVENT_NAMES }]);
  });

  it("has a fingerprint that does not depend on layout and order", () => {
    const fingerprintOf = (text: string): string => parse(text).fingerprint;
    const plain = fingerprintOf(JSON.stringify({ subscriptions: [entry], prune: false }));
    const other = `{ "prune": false, // Never.
      "$schema": "./s.json", "subscriptions": [${JSON.stringify(entry, null, 2)},] }`;
    expect(plain).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprintOf(other)).toBe(plain);
    expect(fingerprintOf(JSON.stringify({ subscriptions: [entry] }))).not.toBe(plain);
  });
});

/** Puts white space or a comment around each part, and optional commas at the ends. */
function layOut(value: unknown, space: string, hasEnd: boolean): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inside = Array.isArray(value)
    ? value.map((each: unknown) => layOut(each, space, hasEnd))
    : Object.entries(value).map(
        ([key, each]) => `${JSON.stringify(key)}${space}:${space}${layOut(each, space, hasEnd)}`,
      );
  const end = hasEnd && inside.length > 0 ? `${space},` : "";
  return `${open}${space}${inside.join(`${space},${space}`)}${end}${space}${close}`;
}
