import fc from "fast-check";
import { expect, it } from "vitest";
import { addressOf } from "../../src/subscriptions/identity.js";
import { mayShareAddress } from "../../src/subscriptions/may-share-address.js";
import { buildSubscription } from "../support/build-subscription.js";

it("finds all subscriptions that share a URL, in their order", () => {
  const url = fc.constantFrom(
    ...["https://a.example/", "https://a.example/#x", "https://A.example", "https://b.example/1"],
    ...["https://b.example/2", "https://b.example/3", "no url", ""],
  );
  fc.assert(
    fc.property(fc.array(url), (urls) => {
      const list = urls.map((webhook_url, index) =>
        buildSubscription({ id: index + 1, webhook_url }),
      );
      const found = mayShareAddress(list);
      expect(found).toEqual(list.filter((one) => found.includes(one)));
      const addresses = urls.map(addressOf);
      for (const [index, address] of addresses.entries()) {
        const isShared = addresses.indexOf(address) !== addresses.lastIndexOf(address);
        if (isShared) expect(found).toContain(list[index]);
      }
    }),
  );
});

it.each([1, 10, 1_000, 10_000])("leaves out most of %i subscriptions with unique URLs", (count) => {
  const list = Array.from({ length: count }, (_, index) =>
    buildSubscription({ id: index + 1, webhook_url: `https://host-${index}.example.com/hooks` }),
  );
  expect(mayShareAddress(list).length).toBeLessThanOrEqual(count / 10);
});
