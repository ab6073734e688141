import type { components } from "../../generated/openapi.js";
import type { Refusal } from "./refusal.js";

/** What the API answers, before it becomes bytes. */
export interface Answer {
  readonly status: number;
  /** What becomes the JSON body; undefined for none. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer that tells of a refusal, in the shape that the vendor documents for contacts. */
export function toAnswer({ status, errorCode, message, errors, headers }: Refusal): Answer {
  const body: components["schemas"]["ErrorMessage"] = {
    status: "error",
    error_code: errorCode,
    message,
    errors: [...errors],
  };
  return { status, body, headers };
}

export function toResponse({ status, body, headers }: Answer): Response {
  if (body === undefined) return new Response(null, { status, ...(headers && { headers }) });
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}
