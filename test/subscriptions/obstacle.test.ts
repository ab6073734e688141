import { describe, expect, it } from "vitest";
import { createRedact } from "../../src/checks/redact.js";
import { DuplicateSubscriptionError, InvalidInputError } from "../../src/index.js";
import type { Obstacle } from "../../src/subscriptions/decide.js";
import {
  describeObstacle,
  obstacleError,
  unsettledError,
} from "../../src/subscriptions/obstacle.js";
import { buildSubscription } from "../support/build-subscription.js";

const target = buildSubscription({ id: 2, events: ["message.sent", "message.read"], version: 3 });
const keeper = buildSubscription({ id: 1, events: ["message.sent"] });

const obstacle = (reason: Obstacle["reason"], over: Partial<Obstacle> = {}): Obstacle => ({
  reason,
  target,
  events: ["message.sent"],
  keeper,
  ...over,
});

it.each<[Obstacle["reason"], string]>([
  ["secret", "webhook subscription 2 may have a secret, which an update without it might clear"],
  ["foreign", "webhook subscription 2 also delivers events outside this call"],
  ["unsigned", "webhook subscription 2 has a secret and webhook subscription 1 has none"],
  ["version", "webhook subscription 2 has version 3 and webhook subscription 1 version 2"],
])("the description of the obstacle %s says which one stays and why", (reason, expected) => {
  expect(describeObstacle(obstacle(reason))).toContain(expected);
});

it("the description of an invalid version names the version it is treated as", () => {
  const odd = buildSubscription({ id: 2, version: { toString: 1 } as never });
  expect(describeObstacle(obstacle("version", { target: odd }))).toContain("has version 2");
});

describe("the error", () => {
  it("names both subscriptions, the events and what to do", () => {
    const error = obstacleError(obstacle("unsigned"), (text) => text);
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({
      existing: [{ id: 1 }, { id: 2 }],
      sharedEvents: ["message.sent"],
    });
    expect(error.message).toMatch(/give the other one the secret with `update`/);
  });

  it("asks for the secret if nothing else is wrong", () => {
    const error = obstacleError(obstacle("secret", { keeper: undefined }), (text) => text);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "secret" });
  });

  it("hides secret values, wherever the server has put them", () => {
    const leaking = buildSubscription({ id: 2, webhook_url: "https://example.com/?s3cret-value" });
    const redact = createRedact(["s3cret-value"]);
    const error = obstacleError(
      obstacle("secret", { target: leaking, events: ["s3cret-value"] }),
      redact,
    );
    expect(JSON.stringify(error) + error.message).not.toContain("s3cret-value");
  });

  it("for a change that is undone each time says how often, and names the change", () => {
    const givenUp = new Map([["message.sent", keeper]]);
    const error = unsettledError([{ action: "delete", target, givenUp }], 60, (text) => text);
    expect(error).toMatchObject({ existing: [{ id: 2 }], sharedEvents: ["message.sent"] });
    expect(error.message).toContain("for 60 rounds");
  });
});
