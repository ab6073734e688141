import { expect, it } from "vitest";
import { describeNeeds, findNeeds } from "../../../src/cli/config/needs.js";
import { draftPlan } from "../../../src/cli/config/plan-config.js";
import { buildSubscription } from "../../support/build-subscription.js";
import { parse } from "./config-problems.js";

function needsOf(...secrets: (object | undefined)[]): ReturnType<typeof findNeeds> {
  const subscriptions = secrets.map((secret, index) => ({
    webhook_url: `https://a.example/${index}`,
    events: ["message.read"],
    ...(secret && { secret }),
  }));
  const config = parse(`{\n"subscriptions": ${JSON.stringify(subscriptions)}}`);
  const kept = buildSubscription({
    ...{ webhook_url: "https://a.example/0", events: ["message.read"], secret_configured: true },
  });
  return findNeeds(config, draftPlan(config, [kept], false));
}

it("the needs are the secrets that are written, with their places, and no others", () => {
  expect(
    needsOf({ env: "KEPT_SECRET" }, undefined, { env: "HOOK_SECRET" }, { file: "b.txt" }),
  ).toEqual([
    {
      ...{ webhook_url: "https://a.example/2", env: "HOOK_SECRET", file: null },
      place: "linq-webhooks.json:2:257",
    },
    {
      ...{ webhook_url: "https://a.example/3", env: null, file: "b.txt" },
      place: "linq-webhooks.json:2:353",
    },
  ]);
});

it.each<[object[], string | undefined]>([
  [[], undefined],
  [[{ env: "HOOK_SECRET" }], "the environment variable HOOK_SECRET"],
  [
    [{ env: "A_SECRET" }, { env: "A_SECRET" }, { file: "run/b" }],
    "the environment variable A_SECRET and the file run/b",
  ],
  [
    [{ env: "A" }, { env: "B" }, { file: "./c" }],
    "the environment variable A, the environment variable B and the file ./c",
  ],
  // A name that might be the secret itself is replaced by its place.
  [[{ env: "whsec_0123456789abcdef" }], "the secret that linq-webhooks.json:2:162 names"],
  [[{ env: "AKIAIOSFODNN7EXAMPLE" }], "the secret that linq-webhooks.json:2:162 names"],
  [[{ file: "correct horse battery staple" }], "the secret that linq-webhooks.json:2:163 names"],
  [
    [{ file: "K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=" }],
    "the secret that linq-webhooks.json:2:163 names",
  ],
])("the needs %j are described", (secrets, words) => {
  expect(describeNeeds(needsOf(undefined, ...secrets))).toBe(words);
});
