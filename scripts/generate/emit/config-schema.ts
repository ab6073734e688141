import { eventNames } from "./event-names.js";
import { isObject, objectAt, stringAt, valueAt, type Json, type JsonObject } from "../json.js";
import { resolveRef } from "../resolve-ref.js";
import { toJsonSchema } from "./to-json-schema.js";

/** The dialect that editors know best. */
const DRAFT = "http://json-schema.org/draft-07/schema#";

/** As the client reads URLs, whatever their letters' case; or it begins with a variable. */
const WEB_URL = String.raw`^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#\\]|\$\{[A-Za-z_]\w*\})\S*$`;

/** What editors say of the places that the command line fills. */
const FILLED = "`${NAME}` is filled from the environment; `$${` stands for `${` itself.";

/**
 * The JSON schema of `linq-webhooks.json`, for editors and for the command line. Which events there
 * are, and what the fields of a subscription mean, it takes from the document; none where the
 * document knows no subscriptions.
 */
export function configSchema(document: JsonObject): JsonObject | undefined {
  const events = eventNames(document);
  if (events.length === 0) return undefined;
  return {
    $schema: DRAFT,
    title: "Webhook subscriptions as code",
    description:
      "The webhook subscriptions that there should be. `linq-webhooks plan` shows what has to change for that, `linq-webhooks apply` changes it.",
    ...closed(["subscriptions"], {
      $schema: { type: "string", description: "Where editors find this schema." },
      subscriptions: {
        type: "array",
        description: "One entry for each URL, with all events of that URL.",
        items: subscription(document, events),
      },
      scope: {
        type: "array",
        description:
          "The URL prefixes that this file is in charge of, for `prune`. A prefix ends where a part of a URL does: `https://a.example/hooks` holds `/hooks`, `/hooks/x` and `/hooks?x`, not `/hooksx`.",
        items: { type: "string", pattern: WEB_URL },
      },
      prune: {
        type: "boolean",
        default: false,
        description: "Deletes all subscriptions in the scope that this file does not declare.",
      },
    }),
    // What is deleted must have been named.
    if: { required: ["prune"], properties: { prune: { const: true } } },
    then: { required: ["scope"], properties: { scope: { minItems: 1 } } },
    // Editors that know these two words do not mark what the command line takes.
    allowComments: true,
    allowTrailingCommas: true,
  };
}

function subscription(document: JsonObject, events: string[]): JsonObject {
  const described = describe(document);
  const own = ownFields(described, events);
  return {
    description: "The one active subscription at its URL.",
    // Whether another field may be left out the library says, which may have a default for it.
    ...closed(["webhook_url", "events"], { ...own, ...furtherFields(document, described, own) }),
  };
}

type Describe = (field: string, ours: string) => JsonObject;

/** The fields that the file has rules of its own for. */
function ownFields(described: Describe, events: string[]): JsonObject {
  return {
    webhook_url: {
      type: "string",
      pattern: WEB_URL,
      ...described("webhook_url", `An absolute \`http:\` or \`https:\` URL. ${FILLED}`),
    },
    events: {
      // What is said of texts holds for texts alone, and of arrays for arrays.
      type: ["array", "string"],
      pattern: "^all$",
      minItems: 1,
      items: { type: "string", enum: events },
      examples: ["all"],
      ...described(
        "events",
        'Exactly the events that are delivered; order does not matter. "all" stands for all that this version knows.',
      ),
    },
    active: {
      type: "boolean",
      default: true,
      ...described("active", "With `false`, none at this URL is."),
    },
    version: { type: "integer", minimum: 1, default: 2, ...described("version", "") },
    secret: {
      minProperties: 1,
      maxProperties: 1,
      ...closed([], {
        env: {
          type: "string",
          pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
          description: "The name of an environment variable that holds the secret.",
        },
        file: {
          type: "string",
          minLength: 1,
          description:
            "The path of a file that holds the secret, seen from the folder of this file. One line break at its end is not part of it.",
        },
      }),
      ...described(
        "secret",
        "It never stands in this file, which says where to find it: { env } or { file }.",
      ),
    },
    replaces: {
      type: "array",
      default: [],
      description:
        "URLs that this entry takes over, such as that of the last tunnel; `*` stands for any characters but `/`.",
      items: { type: "string", pattern: WEB_URL },
    },
  };
}

/** The other fields of an input, as the document has them. */
function furtherFields(document: JsonObject, described: Describe, own: JsonObject): JsonObject {
  const fields = Object.entries(objectAt(inputSchema(document), "properties"));
  const further = fields.filter(([field]) => !Object.hasOwn(own, field));
  return Object.fromEntries(
    further.map(([field, schema]): [string, Json] => {
      const rules = toJsonSchema(withoutRefs(document, schema));
      return [field, isObject(rules) ? { ...rules, ...described(field, "") } : rules];
    }),
  );
}

/** A schema with what its references point at in their place; one that holds itself allows anything there. */
function withoutRefs(document: JsonObject, schema: Json, outer: readonly Json[] = []): Json {
  const found = resolveRef(document, schema);
  if (found === undefined || outer.includes(found)) return {};
  const inner = [...outer, found];
  if (Array.isArray(found)) return found.map((item) => withoutRefs(document, item, inner));
  if (!isObject(found)) return found;
  const members = Object.entries(found).map(([name, value]): [string, Json] => [
    name,
    withoutRefs(document, value, inner),
  ]);
  return Object.fromEntries(members);
}

function inputSchema(document: JsonObject): Json | undefined {
  const schemas = objectAt(document, "components", "schemas");
  return resolveRef(document, schemas["WebhookSubscriptionInput"]);
}

/** An object that has no other members, so that a mistyped one is noticed. */
function closed(required: string[], properties: JsonObject): JsonObject {
  return { type: "object", additionalProperties: false, required, properties };
}

/** Makes a function that puts what the document says of a field before what there is to say here. */
function describe(document: JsonObject): Describe {
  const input = inputSchema(document);
  return (field, ours) => {
    const theirs = stringAt(
      resolveRef(document, valueAt(input, "properties", field)),
      "description",
    );
    const sentences = [theirs?.replace(/\.?\s*$/, "."), ours].filter(Boolean);
    return sentences.length === 0 ? {} : { description: sentences.join(" ") };
  };
}
