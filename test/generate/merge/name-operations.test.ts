import { expect, test } from "vitest";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { listOperations } from "../../../scripts/generate/list-operations.js";
import { nameOperations } from "../../../scripts/generate/merge/name-operations.js";

/** The ids that the operations of these paths get, in their order. */
function idsOf(paths: JsonObject): unknown[] {
  const document = { openapi: "3.0.3", paths };
  nameOperations(document);
  return listOperations(document).map(({ definition }) => definition["operationId"]);
}

test.each([
  ["List Webhook Subscriptions", "listWebhookSubscriptions"],
  ["Create a chat", "createAChat"],
  ["Get a contact's list", "getAContactsList"],
  ["Send SMS / MMS (v2)", "sendSmsMmsV2"],
  ["Créer un numéro", "creerUnNumero"],
  ["  list   chats. ", "listChats"],
  ["getChat", "getChat"],
])("the summary %j names an operation %s", (summary, id) => {
  expect(idsOf({ "/a": { get: { summary } } })).toEqual([id]);
});

test.each([
  ["no summary", {}],
  ["a summary without a letter of ASCII", { summary: "一覧" }],
  ["a summary that begins with a digit", { summary: "2 chats" }],
])("an operation with %s is named by its method and path", (_, definition) => {
  expect(idsOf({ "/v2/chats/{chat_id}/messages": { get: definition } })).toEqual([
    "getV2ChatsByChatIdMessages",
  ]);
});

test("a stated id stays, and no other operation gets it", () => {
  const paths = {
    "/a": { get: { operationId: "listPets" }, post: { summary: "List pets" } },
    "/b": { get: { summary: "Same" }, put: { summary: "same" } },
  };
  expect(idsOf(paths)).toEqual(["listPets", "postA", "getB", "putB"]);
});
