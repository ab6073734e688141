import { eventNames } from "./event-names.js";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../json.js";
import { apiTokenHeader } from "../security.js";

/** The constants of the API that programs need at run time. */
export function emitConstants(document: JsonObject): string {
  return `
/** The URL of the API. */
export const BASE_URL = ${JSON.stringify(baseUrl(document))};

/** The request header that carries the integration token. */
export const TOKEN_HEADER = ${JSON.stringify(apiTokenHeader(document))};

/** The events that a subscription can receive, in the order of the vendor's page. */
export const EVENT_NAMES = ${JSON.stringify(eventNames(document))} as const;

/** The name of an event that a subscription can receive. */
export type EventName = (typeof EVENT_NAMES)[number];
`;
}

/** The first server with the defaults of its variables; OpenAPI defines "/" if there is none. */
function baseUrl(document: JsonObject): string {
  const server = arrayAt(document, "servers")[0];
  const url = stringAt(server, "url") ?? "/";
  return url.replaceAll(/\{([^}]*)\}/g, (variable, name: string) => {
    return stringAt(objectAt(server, "variables", name), "default") ?? variable;
  });
}
