/** What a POST or a PUT may say, by the vendor's page. */
export interface SubscriptionInput {
  readonly webhook_url: string;
  readonly version: number;
  readonly events: readonly string[];
  readonly secret?: string;
  readonly active?: boolean;
}

/** The names that the page allows. */
const EVENTS: readonly unknown[] = [
  "message.sent",
  "message.received",
  "message.read",
  "call.completed",
  "reaction.sent",
  "reaction.received",
  "typing_indicator.received",
  "typing_indicator.removed",
  "contact.created",
  "contact.updated",
  "contact.deleted",
  "participant.added",
  "participant.removed",
];

/** Reads a body, or returns what the page does not allow in it. */
export function readInput(body: unknown): SubscriptionInput | { readonly errors: string[] } {
  if (!isObject(body)) return { errors: ["The body must be a JSON object."] };
  const { webhook_subscription: input } = body;
  if (!isObject(input)) return { errors: ["webhook_subscription is required."] };
  const { webhook_url, version, events, secret, active } = input;
  const errors: string[] = [];
  const check = (isValid: boolean, error: string): void => {
    if (!isValid) errors.push(error);
  };
  check(typeof webhook_url === "string" && URL.canParse(webhook_url), "webhook_url must be a URL.");
  check(Number.isInteger(version), "version must be an integer.");
  check(
    Array.isArray(events) && events.every((event) => EVENTS.includes(event)),
    "events must be an array of known events.",
  );
  check(secret === undefined || typeof secret === "string", "secret must be a string.");
  check(active === undefined || typeof active === "boolean", "active must be a boolean.");
  // Every field that the type names was checked above.
  return errors.length > 0 ? { errors } : (input as unknown as SubscriptionInput);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
