import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { reportChanges } from "../../../scripts/generate/report/report-changes.js";
import { components, operation, PET, petDocument } from "../pages.js";
import type { Outcome } from "../project.js";
import { copyProject } from "../vendor-project.js";

const CREATE_AND_UPDATE = "createWebhookSubscription, updateWebhookSubscription";
const ANSWERS =
  "createWebhookSubscription 201, listWebhookSubscriptions 200, updateWebhookSubscription 200";

describe("the command reports", () => {
  let outcome: Outcome;

  beforeAll(async () => {
    const project = await copyProject((page) =>
      page
        .slice(0, page.indexOf("## Delete"))
        .replaceAll('"message.read",', '"location.shared",')
        .replaceAll(/"delivery_attempts":\{[^}]*\},/g, "")
        .replaceAll('{"id":{"type":"integer"}', '{"id":{"type":"string"}')
        .replaceAll('["webhook_url",', '["region","webhook_url",')
        .replaceAll('"secret":{', '"region":{"type":"string"},"secret":{'),
    );
    const overlay = (await project.read("spec/overlay.json"))
      .replaceAll("['put', 'delete']", "['put']")
      .replace(/\{\s*"target": "[^"]*\.delete",[^}]*\}\s*\},/, "");
    await project.write({ "spec/overlay.json": overlay });
    outcome = await project.generate();
  });

  test.each([
    [
      "an added event",
      `compatible  added    WebhookSubscriptionInput.events[]: value "location.shared"  (${CREATE_AND_UPDATE})`,
    ],
    [
      "a removed event",
      `breaking    removed  WebhookSubscriptionInput.events[]: value "message.read"  (${CREATE_AND_UPDATE})`,
    ],
    ["a removed field", `breaking    removed  WebhookSubscription.delivery_attempts  (${ANSWERS})`],
    [
      "an integer that became a string",
      `breaking    changed  WebhookSubscription.id: was integer, is now string  (${ANSWERS})`,
    ],
    [
      "a new required input field",
      `breaking    added    WebhookSubscriptionInput.region: required  (${CREATE_AND_UPDATE})`,
    ],
    [
      "an operation that is gone",
      "breaking    removed  DELETE /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}",
    ],
    ["how many there are", "5 breaking, 1 compatible."],
    [
      "an event without a schema",
      'note: spec/webhook-events.json says nothing about "location.shared".',
    ],
  ])("%s", (_, line) => {
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout.split("\n")).toContain(line);
  });
});

/** The lines about changes between two versions of the little API. */
function report(before: JsonObject, after: JsonObject): string[] {
  return reportChanges(JSON.stringify(petDocument(before)), petDocument(after));
}

const answering = (schema: JsonObject): JsonObject => ({ components: components({ Pet: schema }) });

describe("a report", () => {
  test("puts what breaks first and counts", () => {
    const after = answering({
      required: ["id", "name"],
      properties: { id: { type: "integer" }, name: { type: "integer" } },
    });
    expect(report({}, after)).toEqual([
      "Changes in the API since the last run:",
      "breaking    changed  Pet.name: was string, is now integer  (listPets 200)",
      "compatible  changed  Pet.name: now required  (listPets 200)",
      "1 breaking, 1 compatible.",
    ]);
  });

  test("does not mind whether a schema has a name of its own", () => {
    const inline = { "/pets": { get: operation("listPets", { schema: PET }) } };
    expect(report({}, { paths: inline })).toEqual([
      "No change in the API: the document differs only in what no program sees.",
    ]);
  });

  test("takes an earlier document as it is, also where a reference leads nowhere", () => {
    const broken = '{"openapi":"3.0.3","paths":{"/a":{"get":{"requestBody":{"$ref":"#/x"}}}}}';
    expect(reportChanges(broken, petDocument())).toContain("breaking    removed  GET /a");
  });

  test.each(["", "{", "[]", "{}"])(
    "takes an earlier document that cannot be read as none: %s",
    (earlier) => {
      expect(reportChanges(earlier, petDocument())).toEqual([
        "The earlier generated/openapi.json cannot be read: nothing to compare with.",
      ]);
    },
  );

  test("tells texts from what programs see", () => {
    const described = answering({ ...PET, description: "A pet.", title: "Pet" });
    expect(report({}, described)).toEqual(["No change in the API: only texts differ."]);
    expect(report({}, {})).toEqual(["No change in the API."]);
  });

  test("says so on the first run", () => {
    expect(reportChanges(undefined, petDocument())).toEqual([
      "No generated/openapi.json from an earlier run: nothing to compare with.",
    ]);
  });
});
