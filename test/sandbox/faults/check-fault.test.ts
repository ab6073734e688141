import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../src/errors/invalid-input-error.js";
import { createSandbox, type Fault } from "../../../src/sandbox/index.js";

const KINDS =
  "latency, reset, stall, truncate, garble, empty, html, status, redirect, hide, freeze";

const BAD_FAULTS: [fault: unknown, message: string][] = [
  [null, "`fault` must be an object with a `kind`"],
  ["reset", "`fault` must be an object with a `kind`"],
  [[], "`fault` must be an object with a `kind`"],
  [{}, `\`fault.kind\` must be one of ${KINDS}`],
  [{ kind: "explode" }, `\`fault.kind\` must be one of ${KINDS}`],
  [{ kind: "toString" }, `\`fault.kind\` must be one of ${KINDS}`],
  [{ kind: "reset", wriet: "done" }, "`fault.wriet` must be left out; did you mean `write`?"],
  [{ kind: "reset", ms: 1 }, "`fault.ms` must be left out"],
  [
    { kind: "redirect", status: 301, location: "/", write: "done" },
    "`fault.write` must be left out",
  ],
  [{ kind: "reset", operation: "list" }, "`fault.operation` must be one or more of list"],
  [{ kind: "reset", operation: [] }, "`fault.operation` must be one or more of list"],
  [{ kind: "reset", operation: ["x"] }, "`fault.operation` must be one or more of list"],
  [{ kind: "reset", when: true }, "`fault.when` must be a function"],
  [{ kind: "reset", skip: -1 }, "`fault.skip` must be an integer of 0 or more"],
  [{ kind: "reset", skip: 0.5 }, "`fault.skip` must be an integer of 0 or more"],
  [{ kind: "reset", skip: Infinity }, "`fault.skip` must be an integer of 0 or more"],
  [{ kind: "reset", times: 0 }, "`fault.times` must be an integer of 1 or more, or Infinity"],
  [{ kind: "reset", times: NaN }, "`fault.times` must be an integer of 1 or more, or Infinity"],
  [{ kind: "reset", times: "1" }, "`fault.times` must be an integer of 1 or more, or Infinity"],
  ...["later", { afterRequests: -1 }, { afterRequests: "1" }, {}, null, 1].map(
    (write): [unknown, string] => [
      { kind: "reset", write },
      '`fault.write` must be "none", "done" or { afterRequests: an integer of 0 or more }',
    ],
  ),
  [{ kind: "stall", part: "tail" }, '`fault.part` must be "headers" or "body"'],
  ...[undefined, -1, NaN, Infinity, "1", [1], [2, 1], [1, 2, 3], [0, Infinity], [-1, 1]].map(
    (ms): [unknown, string] => [
      { kind: "latency", ms },
      "`fault.ms` must be a number of ms, or a range [min, max] in ms",
    ],
  ),
  [{ kind: "latency", ms: 1, where: "during" }, '`fault.where` must be "before" or "after"'],
  ...[undefined, 199, 204, 205, 304, 600, "502", 502.5].map((status): [unknown, string] => [
    { kind: "html", status },
    "`fault.status` must be an HTTP status from 200 to 599 that allows a body",
  ]),
  ...[undefined, 200, 399, 600, "429"].map((status): [unknown, string] => [
    { kind: "status", status },
    "`fault.status` must be an HTTP status from 400 to 599",
  ]),
  ...["", " 1", "1\r\nx: y", "é", NaN, Infinity, true, null].map(
    (retryAfter): [unknown, string] => [
      { kind: "status", status: 429, retryAfter },
      "`fault.retryAfter` must be a number of seconds, or a text that is valid in a header",
    ],
  ),
  [
    { kind: "redirect", status: 304, location: "/" },
    "`fault.status` must be one of 301, 302, 303, 307, 308",
  ],
  [{ kind: "redirect", status: 301 }, "`fault.location` must be a URL that is valid in a header"],
  [{ kind: "hide" }, "`fault.requests` must be an integer of 0 or more"],
];

describe("an invalid fault", () => {
  test.each(BAD_FAULTS)("is refused when it is injected: %j", (fault, message) => {
    const sandbox = createSandbox();
    const inject = (): unknown => sandbox.inject(fault as Fault); // As a caller without types can.
    expect(inject).toThrow(InvalidInputError);
    expect(inject).toThrow(message);
  });

  test("is named by its index in the options", () => {
    const faults = [{ kind: "reset" }, { kind: "hide" }] as Fault[]; // As without types.
    expect(() => createSandbox({ faults })).toThrow("`faults[1].requests` must be");
  });
});

describe("a fault", () => {
  test.each<Fault>([
    { kind: "reset", write: undefined, operation: undefined, when: undefined, skip: 0, times: 1 },
    { kind: "reset", write: { afterRequests: 0 }, times: Infinity },
    { kind: "latency", ms: 0 },
    { kind: "latency", ms: [5, 5], where: "after" },
    { kind: "stall", part: "headers", write: "done" },
    { kind: "html", status: 200 },
    { kind: "status", status: 429, retryAfter: -1 },
    { kind: "status", status: 429, retryAfter: "Wed, 21 Oct 2015 07:28:00 GMT" },
    { kind: "hide", requests: 0 },
    { kind: "freeze", times: Infinity },
  ])("may be %j", (fault) => {
    expect(() => createSandbox({ faults: [fault] })).not.toThrow();
  });
});
