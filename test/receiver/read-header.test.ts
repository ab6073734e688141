import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { type DeliveryHeaders, readHeader } from "../../src/receiver/read-header.js";

const NAME = "x-webhook-signature";

describe("readHeader", () => {
  test.each<[name: string, headers: DeliveryHeaders]>([
    ["a Headers", new Headers({ "X-Webhook-Signature": "v" })],
    ["anything with `get`", { get: (name) => (name === NAME ? "v" : undefined) }],
    ["a record in lower case", { [NAME]: "v" }],
    ["a record in title case", { "X-Webhook-Signature": "v" }],
    ["a record in upper case", { "X-WEBHOOK-SIGNATURE": "v" }],
    ["a record with a header called get", { get: "me", [NAME]: "v" }],
    ["a record without a prototype", Object.assign(Object.create(null), { [NAME]: "v" })],
    [
      "a record in which another spelling is undefined",
      { [NAME]: "v", "X-Webhook-Signature": undefined },
    ],
    ["a record with a list of one", { [NAME]: ["v"] }],
    ["what Lambda@Edge hands over", { [NAME]: [{ key: "X-Webhook-Signature", value: "v" }] }],
    [
      "a Map",
      new Map([
        ["Host", "h"],
        ["X-Webhook-Signature", "v"],
      ]),
    ],
    ["a Map of lists", new Map([[NAME, ["v"]]])],
    [
      "a Map of another realm",
      runInNewContext(`new Map([["${NAME}", "v"]])`) as Map<string, string>,
    ],
    ["a list of names and values", ["Host", NAME, "X-Webhook-Signature", "v"]],
  ])("finds the value in %s", (_name, headers) => {
    expect(readHeader(headers, NAME)).toBe("v");
  });

  test.each<[name: string, headers: unknown]>([
    ["a Headers", new Headers({ other: "v" })],
    ["anything with `get` that gives null", { get: () => null }],
    ["a record", { other: "v" }],
    ["a record in which it is undefined", { [NAME]: undefined }],
    ["a record in which it is null", { [NAME]: null }],
    ["an empty list", []],
    ["a list in which it is a value", ["Other", NAME]],
    ["a list that ends with its name", ["Other", "v", NAME]],
    ["null, as a gateway has no headers", null],
    ["undefined", undefined],
  ])("finds nothing in %s", (_name, headers) => {
    expect(readHeader(headers as DeliveryHeaders, NAME)).toBeUndefined();
  });

  test.each<[name: string, headers: DeliveryHeaders]>([
    ["a record with several values", { [NAME]: ["v", "v"] }],
    ["a record with an empty list", { [NAME]: [] }],
    ["a record with an object", { [NAME]: [{ key: NAME }, { key: NAME }] } as never],
    [
      "a Map with it in two spellings",
      new Map([
        [NAME, "v"],
        ["X-Webhook-Signature", "v"],
      ]),
    ],
    ["a record with it in two spellings", { [NAME]: "v", "X-Webhook-Signature": "v" }],
    ["a list with it twice", ["X-Webhook-Signature", "v", NAME, "v"]],
  ])("returns no string for %s", (_name, headers) => {
    const value = readHeader(headers, NAME);
    expect(value).toBeDefined();
    expect(value).not.toBeTypeOf("string");
  });

  test("returns both values of a Headers that has it twice, which are not a signature", () => {
    const headers = new Headers({ [NAME]: "v" });
    headers.append(NAME, "v");
    expect(readHeader(headers, NAME)).toBe("v, v");
  });
});
