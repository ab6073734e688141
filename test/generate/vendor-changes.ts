import type { JsonObject } from "../../scripts/generate/json.js";
import { fenced } from "./pages.js";

/** What the vendor changes, and what a maintainer does about it. */
export interface VendorChange {
  readonly name: string;
  /** New texts on the page. */
  readonly page: readonly Replacement[];
  /** Pages beside it, by the names of their files. */
  readonly pages: Readonly<Record<string, string>>;
  /** A part of what the run prints. */
  readonly reported: string;
  /** The files that the compiler names, and no other. */
  readonly named: readonly string[];
  /** What the maintainer writes, by the names of the files. */
  readonly edits: Readonly<Record<string, readonly Replacement[]>>;
}

/** A text, and its replacement wherever it occurs. */
type Replacement = readonly [from: string, to: string];

const before = (anchor: string, text: string): Replacement => [anchor, text + anchor];
const after = (anchor: string, text: string): Replacement => [anchor, anchor + text];

const INPUT_FIELDS = "src/subscriptions/input-fields.ts";
const ANSWER_FIELDS = "src/subscriptions/subscription.ts";
const DETAILS = "src/cli/output/render-details.ts";
const TABLE = "src/cli/output/subscription-table.ts";
const STORE = "src/sandbox/api/store.ts";

const SHOWN = [DETAILS, TABLE, STORE, ANSWER_FIELDS];

/** On the page, a field of what `create` and `update` send. */
const inInput = (name: string, schema: object): Replacement =>
  before('"events":{"type":"array","items":{"type":"string","enum":', member(name, schema));

/** On the page, a field of what the API answers. */
const inAnswer = (name: string): Replacement =>
  after('"active":{"type":"boolean"},', member(name, { type: "string", nullable: true }));

function member(name: string, schema: object): string {
  return `${JSON.stringify(name)}:${JSON.stringify(schema)},`;
}

/** The row of an input that is a text. */
const inputRow = (name: string, value: string, more = ""): Replacement =>
  before(
    "  secret: {\n    parse",
    `  ${name}: {
    parse: (${value}) => {
      if (typeof value === "string") return value;
      throw new InvalidInputError("${name}", "a text");
    },${more}
  },
`,
  );

/** What the sandbox keeps of an input. */
const setting = (name: string): Replacement => after("active, secret", `, ${name}`);

/** Where a text of an answer is read, shown, and answered with by the sandbox. */
const shownText = (name: string, kind: "fact" | "history", value: string) =>
  ({
    [ANSWER_FIELDS]: [
      after(
        kind === "fact"
          ? "  secret_configured: optional(FLAG),\n"
          : "  updated_at: optional(TEXT),\n",
        `  ${name}: optional(TEXT),\n`,
      ),
    ],
    [DETAILS]: [
      before(
        "  updated_at: {\n",
        `  ${name}: { title: "${name}", toValue: (row) => row.${name} ?? undefined },\n`,
      ),
    ],
    [TABLE]: [after("  updated_at: undefined,\n", `  ${name}: undefined,\n`)],
    [STORE]: [after("    updated_at: entry.updatedAt,\n", `    ${name}: ${value},\n`)],
  }) satisfies VendorChange["edits"];

const EVENT: VendorChange = {
  name: "an event",
  reported: "message.edited",
  page: [after('"message.read",', '"message.edited",')],
  pages: {},
  named: ["src/receiver/event.ts", "src/sandbox/deliveries/example-data.ts"],
  edits: {
    "spec/webhook-events.json": [
      before(
        '    "call.completed": {\n',
        `"message.edited": { "post": {
          "operationId": "receiveMessageEdited",
          "requestBody": { "required": true, "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/MessageEditedEvent" } } } },
          "responses": { "200": { "$ref": "#/components/responses/Accepted" } }
        } },`,
      ),
      before(
        '      "CallCompletedEvent": {\n',
        `"MessageEditedEvent": {
          "type": "object",
          "required": ["api_version", "created_at", "event_id", "event_type", "data"],
          "properties": {
            "api_version": { "$ref": "#/components/schemas/ApiVersion" },
            "created_at": { "$ref": "#/components/schemas/CreatedAt" },
            "event_id": { "$ref": "#/components/schemas/EventId" },
            "event_type": { "type": "string", "const": "message.edited" },
            "data": { "$ref": "#/components/schemas/Message" }
          }
        },`,
      ),
    ],
    "src/sandbox/deliveries/example-data.ts": [
      before('  "call.completed": CALL,\n', '  "message.edited": REPLY,\n'),
    ],
  },
};

const ANSWER_FIELD: VendorChange = {
  name: "a field of answers",
  reported: "paused_reason",
  page: [inAnswer("paused_reason")],
  pages: {},
  named: SHOWN,
  edits: shownText("paused_reason", "history", 'entry.active ? null : "by its owner"'),
};

const labelled = shownText("label", "fact", "entry.label ?? null");

const OPTIONAL_FIELD: VendorChange = {
  name: "an optional field of inputs, which answers show",
  reported: "label",
  page: [inInput("label", { type: "string" }), inAnswer("label")],
  pages: {},
  named: [DETAILS, TABLE, STORE, INPUT_FIELDS, ANSWER_FIELDS],
  edits: {
    ...labelled,
    [STORE]: [...labelled[STORE], setting("label")],
    [INPUT_FIELDS]: [inputRow("label", "value", "\n    isOptional: true,")],
  },
};

const HIDDEN_FIELD: VendorChange = {
  name: "an optional field of inputs, which no answer shows",
  reported: "retries",
  page: [inInput("retries", { type: "string", enum: ["few", "many"] })],
  pages: {},
  named: [STORE, INPUT_FIELDS],
  edits: {
    [STORE]: [setting("retries")],
    [INPUT_FIELDS]: [
      before(
        "  secret: {\n    parse",
        `  retries: {
    parse: (value) => {
      if (value === "few" || value === "many") return value;
      throw new InvalidInputError("retries", '"few" or "many"');
    },
    isOptional: true,
    isHidden: true,
  },
`,
      ),
    ],
  },
};

const regional = shownText("region", "fact", "entry.region ?? null");

const REQUIRED_FIELD: VendorChange = {
  name: "a required field of inputs, for which there is a default",
  reported: "region",
  page: [
    inInput("region", { type: "string" }),
    inAnswer("region"),
    [
      '"required":["webhook_url","events","version"]',
      '"required":["webhook_url","events","version","region"]',
    ],
  ],
  pages: {},
  // Until there is a default, what creates subscriptions without the field is wrong.
  named: [
    "scripts/bench/apply.ts",
    "scripts/bench/compared.ts",
    "scripts/bench/scale.ts",
    "scripts/demo-replicas.ts",
    "scripts/demo.ts",
    "src/cli/listen/hold-subscription.ts",
    DETAILS,
    TABLE,
    STORE,
    INPUT_FIELDS,
    ANSWER_FIELDS,
  ],
  edits: {
    ...regional,
    [STORE]: [...regional[STORE], setting("region")],
    // It posts without the library's help.
    "scripts/demo.ts": [after("[...input.events], version: 2", ', region: "us"')],
    [INPUT_FIELDS]: [inputRow("region", 'value = "us"')],
    "src/subscriptions/input.ts": [
      after('"active" | "version"', ' | "region"'),
      before(
        "  /**\n   * The API version of",
        '  /** @default "us" */\n  region?: string | undefined;\n',
      ),
    ],
  },
};

const MEMBER = '"/api/partner/v2/webhook_subscriptions/{webhook_subscription_id}":{';

const OPERATION: VendorChange = {
  name: "an operation on webhook subscriptions",
  reported: "GET /api/partner/v2/webhook_subscriptions/{webhook_subscription_id}",
  page: [
    [
      `${MEMBER}"put":`,
      `${MEMBER}"get":${JSON.stringify({
        operationId: "getWebhookSubscription",
        summary: "Get Webhook Subscription",
        parameters: [
          {
            name: "webhook_subscription_id",
            in: "path",
            required: true,
            schema: { type: "integer" },
          },
        ],
        responses: answer({
          webhook_subscription: { $ref: "#/components/schemas/WebhookSubscription" },
        }),
      })},"put":`,
    ],
  ],
  pages: {},
  named: ["src/sandbox/api/handlers.ts"],
  edits: {
    "src/sandbox/api/handlers.ts": [
      before(
        "  deleteWebhookSubscription: (",
        `  getWebhookSubscription: ({ path }, { store }) => {
    const entry = store.find(path.webhook_subscription_id);
    if (!entry) throw refuseId(path.webhook_subscription_id);
    return { webhook_subscription: store.present(entry) };
  },

`,
      ),
    ],
  },
};

const FOREIGN: VendorChange = {
  name: "operations of three other pages",
  reported: "/api/partner/v2/chats",
  page: [],
  pages: {
    "spec/chats.md": foreignPage("Chat", "/api/partner/v2/chats", {
      get: { operationId: "listChats", responses: answer({ chats: listOf("Chat") }) },
      post: {
        operationId: "createChat",
        requestBody: { required: true, content: json({ $ref: "#/components/schemas/Chat" }) },
        responses: answer({ chat: { $ref: "#/components/schemas/Chat" } }, "201"),
      },
    }),
    "spec/contacts.md": foreignPage("Contact", "/api/partner/v2/contacts/{id}", {
      get: {
        operationId: "getContact",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: answer({ contact: { $ref: "#/components/schemas/Contact" } }),
      },
    }),
    "spec/phone-numbers.md": foreignPage(
      "PhoneNumber",
      "/api/partner/v2/webhook_subscriptions_log",
      {
        get: { operationId: "listLog", responses: answer({ log: listOf("PhoneNumber") }) },
      },
    ),
  },
  named: [],
  edits: {},
};

/** Each builds on those before it, so the files named after it show that nothing is left to do for them. */
export const VENDOR_CHANGES: readonly VendorChange[] = [
  EVENT,
  ANSWER_FIELD,
  OPTIONAL_FIELD,
  HIDDEN_FIELD,
  REQUIRED_FIELD,
  OPERATION,
  FOREIGN,
];

function foreignPage(schema: string, path: string, operations: JsonObject): string {
  return fenced({
    openapi: "3.0.3",
    info: { title: "Linq Partner API", version: "2.0.0" },
    servers: [{ url: "https://api.linqapp.com", description: "Production server" }],
    security: [{ ApiKeyAuth: [] }],
    components: {
      securitySchemes: {
        ApiKeyAuth: { type: "apiKey", in: "header", name: "X-LINQ-INTEGRATION-TOKEN" },
      },
      schemas: { [schema]: { type: "object", properties: { id: { type: "string" } } } },
    },
    paths: { [path]: operations },
  });
}

function answer(properties: JsonObject, status = "200"): JsonObject {
  const schema = { type: "object", required: Object.keys(properties), properties };
  return { [status]: { description: "Done", content: json(schema) } };
}

function json(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

function listOf(schema: string): JsonObject {
  return { type: "array", items: { $ref: `#/components/schemas/${schema}` } };
}
