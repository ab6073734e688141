import { describe, expect, it } from "vitest";
import { formatRoute, parseRoute } from "../../src/page/route.js";

const EMPTY = { view: "deliveries", outcome: "", event: "", text: "", id: "" } as const;

describe("the fragment of the address", () => {
  it.each([
    ["", EMPTY],
    ["#", EMPTY],
    ["#/nowhere", EMPTY],
    ["#/__proto__?__proto__=1", EMPTY],
    ["#/sandbox", { ...EMPTY, view: "sandbox" }],
    ["#/deliveries?outcome=refused&id=7", { ...EMPTY, outcome: "refused", id: "7" }],
    ["#/deliveries?text=a%3F%26%23b&other=1", { ...EMPTY, text: "a?&#b" }],
    ["#/deliveries?text=%", { ...EMPTY, text: "%" }],
  ] as const)("%s is read", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each(["plain", "ä ?&=#/%", "<img>", "\u{1F600}"])("keeps %s unchanged", (text) => {
    const route = { ...EMPTY, view: "example", text, event: text, id: text } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it("is short if nothing is chosen", () => {
    expect(formatRoute({ view: "subscriptions", text: "" })).toBe("#/subscriptions");
  });
});
