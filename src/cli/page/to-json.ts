import type { Redact } from "../../checks/redact.js";
import type { Aliases } from "./aliases.js";

/** The fields of JSON for the page that contain URLs of subscriptions. */
const URLS = new Set(["url", "publicUrl", "webhook_url"]);

/** Creates a function that renders values as JSON in one line, with secrets redacted. */
export function createToJson(redact: Redact, aliases: Aliases): (value: object) => string {
  return (value) =>
    JSON.stringify(value, (key, member: unknown) => {
      if (typeof member !== "string") return member;
      return URLS.has(key) ? aliases.hide(member) : redact(member);
    });
}
