import { expect, it } from "vitest";
import { listPassedOn } from "../../../src/cli/listen/passed-on.js";

it("forwards all headers except those of the connection, in their spelling and order", () => {
  const given = [
    ["X-Webhook-Signature", "sha256=x"],
    ["Connection", "close, X-Private , x-other"],
    ["x-private", "1"],
    ["X-OTHER", "1"],
    ["Transfer-Encoding", "chunked"],
    ["Host", "a.example"],
    ["Proxy-Authorization", "x"],
    ["Expect", "100-continue"],
    ["X-Forwarded-For", "1.2.3.4"],
    ["x-webhook-signature", "twice"],
  ] as const;
  expect(listPassedOn(given)).toEqual([
    ["X-Webhook-Signature", "sha256=x"],
    ["X-Forwarded-For", "1.2.3.4"],
    ["x-webhook-signature", "twice"],
  ]);
});
