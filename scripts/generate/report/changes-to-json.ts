import type { Change } from "./change.js";
import type { JsonObject } from "../json.js";
import { countLevels } from "./show-changes.js";

/** Changes for programs; `version` increases when the meaning of a member changes. */
export function changesToJson(changes: Change[]): JsonObject {
  const { breaking, compatible, note } = countLevels(changes);
  return {
    version: 1,
    ...{ breaking, compatible, notes: note },
    changes: changes.map((change) => ({ ...change })),
  };
}
