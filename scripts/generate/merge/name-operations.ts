import { stringAt, type JsonObject } from "../json.js";
import { listOperations, type Operation } from "../list-operations.js";

/**
 * Gives an id to each operation without an `operationId`: its summary in camel case, or its method and
 * path if it has no summary of its own. Changes the document in place.
 */
export function nameOperations(document: JsonObject): void {
  const operations = listOperations(document);
  const wishes = operations.map((operation) => stated(operation) ?? fromSummary(operation));
  const counts = new Map<string, number>();
  for (const wish of wishes) if (wish) counts.set(wish, (counts.get(wish) ?? 0) + 1);
  for (const [index, operation] of operations.entries()) {
    const wish = wishes[index];
    if (stated(operation) !== undefined) continue;
    const isFree = wish !== undefined && counts.get(wish) === 1;
    operation.definition["operationId"] = isFree ? wish : fromPath(operation);
  }
}

function stated({ definition }: Operation): string | undefined {
  return stringAt(definition, "operationId");
}

function fromSummary({ definition }: Operation): string | undefined {
  const name = camelCase(stringAt(definition, "summary") ?? "");
  return /^[a-z]/i.test(name) ? name : undefined;
}

/** `getApiChatsByIdMessages` for `GET /api/chats/{id}/messages`. */
function fromPath({ method, path }: Operation): string {
  return camelCase(`${method} ${path.replaceAll(/\{([^}]*)\}/g, " by $1 ")}`);
}

function camelCase(text: string): string {
  const words = text
    .normalize("NFKD")
    .replaceAll(/[\p{M}'’]/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return words
    .map((word, index) => {
      const first = word.charAt(0);
      // An abbreviation counts as a word: `URL` and `url` become `Url`.
      const rest = word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1);
      return (index === 0 ? first.toLowerCase() : first.toUpperCase()) + rest;
    })
    .join("");
}
