import { expect, it } from "vitest";
import { describeFolding } from "../../../src/cli/config/describe-folding.js";
import { fold } from "../../../src/cli/config/fold.js";
import type { EventName } from "../../../src/index.js";
import { buildSubscription } from "../../support/build-subscription.js";

type Row = readonly [events: readonly EventName[], active?: boolean, isSigned?: boolean];

function describeAll(...rows: Row[]): string[] {
  const subscriptions = rows.map(([events, active = true, secret_configured = false], index) =>
    buildSubscription({ id: index + 1, events: [...events], active, secret_configured }),
  );
  return fold(subscriptions).entries.flatMap(describeFolding);
}

const SENT = ["message.sent"] as const;
const READ = ["message.read"] as const;

it.each<[string, Row[], string[]]>([
  ["one subscription", [[SENT]], []],
  [
    "a duplicate",
    [[SENT], [SENT]],
    ["Webhook subscription 2 is a duplicate of 1; `linq-webhooks apply` deletes it."],
  ],
  [
    "subscriptions with secrets",
    [[SENT], [SENT, true, true], [SENT, true, true]],
    [
      "Webhook subscriptions 2 and 3 are duplicates of 1; `linq-webhooks apply` deletes them.",
      "Webhook subscriptions 2 and 3 have secrets, and 1 does not have one yet.",
    ],
  ],
  [
    "subscriptions with other events",
    [[SENT], [READ], [READ], [[...SENT, ...READ]]],
    [
      "Webhook subscriptions 2 and 3 deliver other events than 1; `linq-webhooks apply` deletes them, and 1 gets their events.",
      "Webhook subscription 4 overlaps with 1; `linq-webhooks apply` deletes it, and 1 gets its events.",
    ],
  ],
  [
    "inactive subscriptions",
    [[SENT, false], [SENT], [READ, false]],
    ["Webhook subscriptions 1 and 3 are inactive at this URL, and are not changed."],
  ],
  [
    "only inactive subscriptions",
    [
      [SENT, false],
      [SENT, false],
    ],
    ["Webhook subscription 2 is inactive at this URL, and is not changed."],
  ],
])("describes the folding of %s", (_name, rows, sentences) => {
  expect(describeAll(...rows)).toEqual(sentences);
});
