import { canonical } from "./canonical.js";
import { followObject } from "./follow-ref.js";
import { objectAt, stringAt, type JsonObject } from "../json.js";

/** A way to authenticate. */
export interface SecurityScheme {
  name: string;
  /** In words, such as `header X-KEY`. */
  label: string;
  /** The URLs from which a program gets its token, as text. */
  addresses: string;
  /** Equal for two schemes that programs use in the same way. */
  content: string;
  /** The scopes of all OAuth flows. */
  scopes: string[];
}

/** The security schemes of a document by their names. */
export function schemesOf(document: JsonObject): Map<string, SecurityScheme> {
  const stated = objectAt(document, "components", "securitySchemes");
  return new Map(
    Object.entries(stated).map(([name, scheme]) => [
      name,
      toScheme(name, followObject(document, scheme)),
    ]),
  );
}

function toScheme(name: string, scheme: JsonObject): SecurityScheme {
  const flows = Object.values(objectAt(scheme, "flows"));
  const scopes = flows.flatMap((flow) => Object.keys(objectAt(flow, "scopes")));
  const label = labelOf(name, scheme);
  const addresses = addressesOf(scheme).sort().join(", ");
  const content = canonical([label.toLowerCase(), addresses]);
  return { name, label, addresses, content, scopes: [...new Set(scopes)] };
}

function labelOf(name: string, scheme: JsonObject): string {
  const text = (member: string): string => stringAt(scheme, member) ?? "";
  switch (text("type")) {
    case "apiKey":
      return `${text("in")}${text("in") === "query" ? " parameter" : ""} ${text("name")}`;
    case "http":
      return `HTTP ${text("scheme").toLowerCase()}`;
    case "oauth2":
      return `OAuth 2 (${Object.keys(objectAt(scheme, "flows")).sort().join(", ")})`;
    case "openIdConnect":
      return "OpenID Connect";
    case "mutualTLS":
      return "mutual TLS";
    default:
      return name;
  }
}

function addressesOf(scheme: JsonObject): string[] {
  const flows = Object.entries(objectAt(scheme, "flows")).flatMap(([name, flow]) =>
    ["authorizationUrl", "tokenUrl", "refreshUrl"].flatMap((member) => {
      const url = stringAt(flow, member);
      return url === undefined ? [] : [`${name} ${member} ${url}`];
    }),
  );
  const discovery = stringAt(scheme, "openIdConnectUrl");
  return discovery === undefined ? flows : [...flows, discovery];
}
