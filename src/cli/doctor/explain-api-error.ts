import type { AnyLinqError, LinqApiError } from "../../errors/index.js";
import type { Api } from "./find-api.js";

/** What to do, for each cause. */
const ADVICE = {
  bearer:
    "give the token alone: without quotes, line breaks, and the `Bearer` before it that version 3 takes",
  version3:
    "this is how version 3 of the API answers: let LINQ_BASE_URL lead to version 2, and take the token of the integration for version 2",
  rejected:
    "check whether LINQ_INTEGRATION_TOKEN is whole, is of this account, and has not been replaced since",
  address: "correct LINQ_BASE_URL, or unset it for the real API",
  elsewhere: "what answers there is not the API: correct LINQ_BASE_URL, or unset it",
  sandbox: "start the sandbox (`linq-webhooks sandbox`), or unset LINQ_BASE_URL for the real API",
  network: "check the network, and LINQ_BASE_URL if it is set",
  later: "the API itself has a problem: try again later",
} as const;

/** What to do about an error in place of the list, by the nearest cause of it. */
export function explainApiError(error: AnyLinqError, { baseUrl, isLocal }: Api): string {
  const path = VERSIONED.exec(baseUrl)?.[0];
  const byPath =
    path === undefined
      ? undefined
      : `LINQ_BASE_URL must end before ${path}, which is added to it: take that off`;
  switch (error.code) {
    case "invalid_input":
      return error.field === "token" ? ADVICE.bearer : ADVICE.address;
    case "api_error":
      return byPath ?? explainStatus(error);
    case "unexpected_redirect":
    case "invalid_response":
      return byPath ?? ADVICE.elsewhere;
    case "connection_error":
    case "timeout":
      return isLocal ? ADVICE.sandbox : ADVICE.network;
    // None of these comes of a list.
    case "not_found":
    case "duplicate_subscription":
    case "create_outcome_unknown":
    case "secret_lost":
    case "stale_plan":
    case "invalid_signature":
    case "invalid_event":
      return ADVICE.later;
  }
}

/** What people copy along with the host. */
const VERSIONED = /\/api\/partner(?:\/v\d+(?:\/webhook_subscriptions)?)?(?=\/?$)/;

function explainStatus({ status, messages }: LinqApiError): string {
  if (status === 429 || status >= 500) return ADVICE.later;
  if (messages.some((message) => VERSION_3.test(message))) return ADVICE.version3;
  return status === 401 || status === 403 ? ADVICE.rejected : ADVICE.elsewhere;
}

/** Only version 3 asks for a bearer token. */
const VERSION_3 = /\bbearer\b|\bauthorization header\b|\bv3\b/i;
