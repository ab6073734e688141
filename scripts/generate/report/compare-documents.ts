import type { Change } from "./change.js";
import { compareDeliveries } from "./compare-deliveries.js";
import { compareOperations, pairOperations } from "./compare-operations.js";
import { compareSecurity } from "./compare-security.js";
import { compareServers } from "./compare-servers.js";
import type { Context } from "./context.js";
import type { JsonObject } from "../json.js";
import { joinPlaces } from "./join-places.js";
import { onlyTextsDiffer } from "./only-texts-differ.js";
import { createSchemaComparison } from "./schema/compare-schemas.js";

/**
 * Lists the changes between two OpenAPI documents (3.0 or 3.1) that affect users of this client,
 * breaking ones first, each once with all its places. Another way to write the same API is not a
 * change; if only texts differ, the result is one note.
 */
export function compareDocuments(before: JsonObject, after: JsonObject): Change[] {
  const context: Context = { before, after, schemas: createSchemaComparison(before, after) };
  const matched = pairOperations(context);
  const changes = [
    ...compareServers(context, matched.pairs),
    ...compareSecurity(context, matched.pairs),
    ...compareOperations(context, matched),
    ...compareDeliveries(context),
  ];
  if (changes.length > 0) return joinPlaces(changes);
  return onlyTextsDiffer(before, after) ? [TEXTS_DIFFER] : [];
}

const TEXTS_DIFFER: Change = {
  rule: "texts-changed",
  level: "note",
  verb: "changed",
  subject: "document",
  detail: "only texts differ",
  places: [],
};
