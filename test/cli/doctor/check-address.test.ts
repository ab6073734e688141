import { expect, it } from "vitest";
import { checkAddress, type Resolution } from "../../../src/cli/doctor/check-address.js";

it.each<[string, Resolution, boolean, string, string]>([
  [
    "a public one",
    { addresses: ["9.9.9.9", "2620:fe::fe"] },
    false,
    "ok",
    "a.example has the address 9.9.9.9, 2620:fe::fe",
  ],
  ["a private one", { addresses: ["10.0.0.1"] }, false, "warning", "which is private"],
  [
    "a private and a public one",
    { addresses: ["9.9.9.9", "10.0.0.1"] },
    false,
    "warning",
    "of which only some are public",
  ],
  [
    "one of this machine",
    { addresses: ["::1", "127.0.0.1"] },
    false,
    "failure",
    "which is this machine",
  ],
  [
    "one of this machine, as the API",
    { addresses: ["127.0.0.1"] },
    true,
    "ok",
    "a.example has the address 127.0.0.1",
  ],
  ["none", { code: "ENOTFOUND" }, true, "failure", "a.example has no address (ENOTFOUND)"],
])("judges %s", (_name, resolution, isLocal, outcome, message) => {
  expect(checkAddress("a.example", resolution, isLocal)).toMatchObject({
    outcome,
    message: expect.stringContaining(message) as unknown,
  });
});
