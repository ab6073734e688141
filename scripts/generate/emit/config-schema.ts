import { eventNames } from "./event-names.js";
import { isObject, objectAt, stringAt, valueAt, type Json, type JsonObject } from "../json.js";
import { resolveRef } from "../resolve-ref.js";
import { toJsonSchema } from "./to-json-schema.js";

/** The dialect that most editors support. */
const DRAFT = "http://json-schema.org/draft-07/schema#";

/** An absolute URL with its scheme in any case, or a text that begins with a variable. */
const WEB_URL = String.raw`^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#\\]|\$\{[A-Za-z_]\w*\})\S*$`;

/** The hint that editors show for variables. */
const FILLED =
  "`${NAME}` is replaced by the environment variable `NAME`; write `$${` for a literal `${`.";

/**
 * The JSON schema of `linq-webhooks.json`, for editors and for the command line. The names of the
 * events and the descriptions of the fields come from the document. Returns `undefined` if the
 * document has no subscriptions.
 */
export function configSchema(document: JsonObject): JsonObject | undefined {
  const events = eventNames(document);
  if (events.length === 0) return undefined;
  return {
    $schema: DRAFT,
    title: "Webhook subscriptions as code",
    description:
      "The webhook subscriptions that should exist. `linq-webhooks plan` shows the changes that this needs; `linq-webhooks apply` makes them.",
    ...closed(["subscriptions"], {
      $schema: { type: "string", description: "The path or URL of this schema, for editors." },
      subscriptions: {
        type: "array",
        description: "One entry for each URL, with all events for that URL.",
        items: subscription(document, events),
      },
      scope: {
        type: "array",
        description:
          "The URL prefixes that this file manages, for `prune`. A prefix matches whole parts of a URL: `https://a.example/hooks` matches `/hooks`, `/hooks/x` and `/hooks?x`, but not `/hooksx`.",
        items: { type: "string", pattern: WEB_URL },
      },
      prune: {
        type: "boolean",
        default: false,
        description: "Deletes all subscriptions in the scope that this file does not declare.",
      },
    }),
    // Pruning needs an explicit scope.
    if: { required: ["prune"], properties: { prune: { const: true } } },
    then: { required: ["scope"], properties: { scope: { minItems: 1 } } },
    // The command line accepts both; editors that know these keywords do not report them as errors.
    allowComments: true,
    allowTrailingCommas: true,
  };
}

function subscription(document: JsonObject, events: string[]): JsonObject {
  const described = describe(document);
  const own = ownFields(described, events);
  return {
    description: "The only active subscription for its URL.",
    // The library decides whether other fields are required: it may have defaults for them.
    ...closed(["webhook_url", "events"], { ...own, ...furtherFields(document, described, own) }),
  };
}

type Describe = (field: string, ours: string) => JsonObject;

/** The fields that have special rules in the file. */
function ownFields(described: Describe, events: string[]): JsonObject {
  return {
    webhook_url: {
      type: "string",
      pattern: WEB_URL,
      ...described("webhook_url", `An absolute \`http:\` or \`https:\` URL. ${FILLED}`),
    },
    events: {
      // `pattern` applies only to strings, `minItems` and `items` only to arrays.
      type: ["array", "string"],
      pattern: "^all$",
      minItems: 1,
      items: { type: "string", enum: events },
      examples: ["all"],
      ...described(
        "events",
        'Exactly the events to deliver, in any order. "all" means every event that this version knows.',
      ),
    },
    active: {
      type: "boolean",
      default: true,
      ...described("active", "With `false`, no subscription for this URL is active."),
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
            "The path of a file that holds the secret, relative to the folder of this file. One line break at the end of the file is not part of the secret.",
        },
      }),
      ...described(
        "secret",
        "This file never holds the secret itself, only where to find it: { env } or { file }.",
      ),
    },
    replaces: {
      type: "array",
      default: [],
      description:
        "URLs whose subscriptions this entry takes over, such as the URL of the last tunnel; `*` matches any characters except `/`.",
      items: { type: "string", pattern: WEB_URL },
    },
  };
}

/** The other fields of an input, from the document. */
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

/** A schema with its `$ref`s replaced by their targets; a recursive one allows any value. */
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

/** An object that allows no other members, so that a mistyped name is an error. */
function closed(required: string[], properties: JsonObject): JsonObject {
  return { type: "object", additionalProperties: false, required, properties };
}

/** Returns a function that puts the document's description of a field before ours. */
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
