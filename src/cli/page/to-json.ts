import type { Redact } from "../../checks/redact.js";
import type { Aliases } from "./aliases.js";

/** Members of what is sent to the page that are URLs of subscriptions. */
const URLS = new Set(["url", "publicUrl", "webhook_url"]);

/** Makes what writes values for the page: as JSON in one line, with what is secret hidden in each text. */
export function createToJson(redact: Redact, aliases: Aliases): (value: object) => string {
  return (value) =>
    JSON.stringify(value, (key, member: unknown) => {
      if (typeof member !== "string") return member;
      return URLS.has(key) ? aliases.hide(member) : redact(member);
    });
}
