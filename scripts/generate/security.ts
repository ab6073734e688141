import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "./json.js";
import { resolveRef } from "./resolve-ref.js";

/** The header that carries the API key under a security requirement, or null if none is needed. */
export function tokenHeader(document: JsonObject, secured: JsonObject): string | null {
  const alternatives = securityOf(document, secured);
  const isOptional = alternatives.some((names) => names.length === 0);
  if (isOptional) return null;
  const headers = alternatives.flat().map((name) => apiKeyHeader(document, name));
  return headers.find((header) => header !== null) ?? null;
}

/** The API-key header that operations inherit from the document, or else the first declared one. */
export function apiTokenHeader(document: JsonObject): string | null {
  const declared = Object.keys(objectAt(document, "components", "securitySchemes"));
  const headers = declared.map((name) => apiKeyHeader(document, name));
  return tokenHeader(document, document) ?? headers.find((header) => header !== null) ?? null;
}

/** The alternatives of an operation or of the root, each a list of the schemes that it combines. */
function securityOf(document: JsonObject, secured: JsonObject): string[][] {
  const requirements = secured["security"] === undefined ? document : secured;
  return arrayAt(requirements, "security").map((names) =>
    Object.keys(isObject(names) ? names : {}),
  );
}

function apiKeyHeader(document: JsonObject, name: string): string | null {
  const scheme = resolveRef(document, objectAt(document, "components", "securitySchemes")[name]);
  const isHeader = stringAt(scheme, "type") === "apiKey" && stringAt(scheme, "in") === "header";
  return isHeader ? (stringAt(scheme, "name") ?? null) : null;
}
