import type { JsonObject } from "../../../../scripts/generate/json.js";
import { KEY_SCHEME, petDocument } from "../../pages.js";
import { row } from "../row.js";

const OAUTH = (more: JsonObject = {}, scopes: JsonObject = { read: "", write: "" }) => ({
  type: "oauth2",
  flows: { clientCredentials: { tokenUrl: "https://a.example/token", scopes, ...more } },
});
const SCHEMES: JsonObject = {
  Key: KEY_SCHEME,
  Bearer: { type: "http", scheme: "bearer" },
  OAuth: OAUTH(),
};
const secured = (security: JsonObject[], schemes: JsonObject = {}) =>
  petDocument({
    security,
    components: {
      securitySchemes: { ...SCHEMES, ...schemes },
      schemas: petDocument()["components"] ? {} : {},
    },
    paths: { "/pets": { get: { operationId: "listPets", responses: {} } } },
  });
const key = secured([{ Key: [] }]);

export const security = [
  row("needed", secured([]), key, [
    "api-security-added",
    "breaking    changed  security: was nothing, is now header X-KEY  (listPets)",
  ]),
  row("needed by choice no longer", secured([{}, { Key: [] }]), key, [
    "api-security-added",
    "breaking    changed  security: was nothing or header X-KEY, is now header X-KEY  (listPets)",
  ]),
  row("nothing needed", key, secured([]), [
    "api-security-removed",
    "compatible  changed  security: was header X-KEY, is now nothing  (listPets)",
  ]),
  row("another scheme", key, secured([{ Bearer: [] }]), [
    "api-security-updated",
    "breaking    changed  security: was header X-KEY, is now HTTP bearer  (listPets)",
  ]),
  row("a choice more", key, secured([{ Bearer: [] }, { Key: [] }]), [
    "api-security-alternative-added",
    "compatible  changed  security: was header X-KEY, is now HTTP bearer or header X-KEY  (listPets)",
  ]),
  row("a choice less", secured([{ Bearer: [] }, { Key: [] }]), key, [
    "api-security-alternative-removed",
    "breaking    changed  security: was HTTP bearer or header X-KEY, is now header X-KEY  (listPets)",
  ]),
  row("both needed at once", key, secured([{ Key: [], Bearer: [] }]), [
    "api-security-updated",
    "breaking    changed  security: was header X-KEY, is now HTTP bearer and header X-KEY  (listPets)",
  ]),
  row("one of both enough", secured([{ Key: [], Bearer: [] }]), key, [
    "api-security-updated",
    "compatible  changed  security: was HTTP bearer and header X-KEY, is now header X-KEY  (listPets)",
  ]),
  row(
    "in another header",
    key,
    secured([{ Key: [] }], { Key: { ...KEY_SCHEME, name: "X-TOKEN" } }),
    [
      "api-security-component-changed",
      "breaking    changed  security scheme Key: was header X-KEY, is now header X-TOKEN  (listPets)",
    ],
  ),
  row("in the query", key, secured([{ Key: [] }], { Key: { ...KEY_SCHEME, in: "query" } }), [
    "api-security-component-changed",
    "breaking    changed  security scheme Key: was header X-KEY, is now query parameter X-KEY  (listPets)",
  ]),
  row("of another kind", key, secured([{ Key: [] }], { Key: { type: "http", scheme: "basic" } }), [
    "api-security-component-changed",
    "breaking    changed  security scheme Key: was header X-KEY, is now HTTP basic  (listPets)",
  ]),
  row("a scope more", secured([{ OAuth: ["read"] }]), secured([{ OAuth: ["read", "write"] }]), [
    "api-security-scope-added",
    "breaking    changed  security: was OAuth 2 (clientCredentials) with read, is now OAuth 2 (clientCredentials) with read and write  (listPets)",
  ]),
  row("a scope less", secured([{ OAuth: ["read", "write"] }]), secured([{ OAuth: ["read"] }]), [
    "api-security-scope-removed",
    "compatible  changed  security: was OAuth 2 (clientCredentials) with read and write, is now OAuth 2 (clientCredentials) with read  (listPets)",
  ]),
  row(
    "a token from elsewhere",
    secured([{ OAuth: [] }]),
    secured([{ OAuth: [] }], { OAuth: OAUTH({ tokenUrl: "https://b.example/token" }) }),
    [
      "api-security-component-changed",
      "breaking    changed  security scheme OAuth: was clientCredentials tokenUrl https://a.example/token, is now clientCredentials tokenUrl https://b.example/token  (listPets)",
    ],
  ),
  row(
    "a scope that is gone",
    secured([{ OAuth: [] }]),
    secured([{ OAuth: [] }], { OAuth: OAUTH({}, { read: "" }) }),
    [
      "api-security-component-oauth-scope-removed",
      "breaking    removed  security scheme OAuth: scope write  (listPets)",
    ],
  ),
  row(
    "a scope that is new",
    secured([{ OAuth: [] }]),
    secured([{ OAuth: [] }], { OAuth: OAUTH({}, { read: "", write: "", admin: "" }) }),
    [
      "api-security-component-oauth-scope-added",
      "compatible  added    security scheme OAuth: scope admin  (listPets)",
    ],
  ),
  row(
    "an operation's own",
    key,
    petDocument({
      security: [{ Key: [] }],
      components: { securitySchemes: SCHEMES },
      paths: {
        "/pets": { get: { operationId: "listPets", responses: {}, security: [{ Bearer: [] }] } },
      },
    }),
    [
      "api-security-updated",
      "breaking    changed  security: was header X-KEY, is now HTTP bearer  (listPets)",
    ],
  ),
];
