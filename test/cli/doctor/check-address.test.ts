import { expect, it } from "vitest";
import { checkAddress, type Resolution } from "../../../src/cli/doctor/check-address.js";

it.each<[string, Resolution, boolean, string, string]>([
  [
    "a public address",
    { addresses: ["9.9.9.9", "2620:fe::fe"] },
    false,
    "ok",
    "a.example has the address 9.9.9.9, 2620:fe::fe",
  ],
  ["a private address", { addresses: ["10.0.0.1"] }, false, "warning", "which is private"],
  [
    "a private and a public address",
    { addresses: ["9.9.9.9", "10.0.0.1"] },
    false,
    "warning",
    "of which only some are public",
  ],
  [
    "an address of this machine",
    { addresses: ["::1", "127.0.0.1"] },
    false,
    "failure",
    "which is this machine",
  ],
  [
    "an address of this machine when the API is there, too",
    { addresses: ["127.0.0.1"] },
    true,
    "ok",
    "a.example has the address 127.0.0.1",
  ],
  [
    "an unknown host",
    { code: "ENOTFOUND" },
    true,
    "failure",
    "a.example has no address (ENOTFOUND)",
  ],
])("judges %s", (_name, resolution, isLocal, outcome, message) => {
  expect(checkAddress("a.example", resolution, isLocal)).toMatchObject({
    outcome,
    message: expect.stringContaining(message) as unknown,
  });
});
