import { parseUrl } from "../../checks/parse-url.js";
import type { AnyLinqError, LinqApiError } from "../../errors/index.js";
import type { Api } from "../input/find-api.js";

/** The advice for each cause. */
const ADVICE = {
  bearer:
    "give only the token, without quotes, line breaks, or the prefix `Bearer`, which only version 3 uses",
  version3:
    "this answer comes from version 3 of the API: set LINQ_BASE_URL to version 2, and use the integration token for version 2",
  rejected:
    "check that LINQ_INTEGRATION_TOKEN is complete, belongs to this account, and has not been replaced",
  address: "correct LINQ_BASE_URL, or unset it for the real API",
  elsewhere: "the server at this address is not the API: correct LINQ_BASE_URL, or unset it",
  network: "check the network, and LINQ_BASE_URL if it is set",
  later: "the API has a problem: try again later",
} as const;

/** Advises on an error of the list call, by its most likely cause. */
export function explainApiError(error: AnyLinqError, api: Api): string {
  return findCause(error, api) ?? explainInGeneral(error, api);
}

/**
 * Advises on an error of any call that reveals its cause. For other errors it returns undefined, and
 * their own message is enough.
 */
export function findCause(error: AnyLinqError, { baseUrl, isLocal }: Api): string | undefined {
  switch (error.code) {
    case "invalid_input":
      return error.field === "token" ? ADVICE.bearer : undefined;
    case "api_error":
      return explainPath(baseUrl) ?? (isOfVersion3(error) ? ADVICE.version3 : undefined);
    case "unexpected_redirect":
    case "invalid_response":
      return explainPath(baseUrl);
    case "connection_error":
      return isLocal && error.systemCode === "ECONNREFUSED" ? startSandbox(baseUrl) : undefined;
    case "timeout":
    case "not_found":
    case "duplicate_subscription":
    case "create_outcome_unknown":
    case "secret_lost":
    case "stale_plan":
    case "invalid_signature":
    case "invalid_event":
      return undefined;
  }
}

function explainInGeneral(error: AnyLinqError, { baseUrl, isLocal }: Api): string {
  switch (error.code) {
    case "invalid_input":
      return ADVICE.address;
    case "api_error":
      return explainStatus(error);
    case "unexpected_redirect":
    case "invalid_response":
      return ADVICE.elsewhere;
    case "connection_error":
    case "timeout":
      return isLocal ? startSandbox(baseUrl) : ADVICE.network;
    // A list call never throws these.
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

function explainPath(baseUrl: string): string | undefined {
  const path = VERSIONED.exec(baseUrl)?.[0];
  return path === undefined
    ? undefined
    : `LINQ_BASE_URL must end before ${path}, which the client adds: remove that part`;
}

/** Suggests to start the sandbox on the port of the base URL. */
function startSandbox(baseUrl: string): string {
  const port = parseUrl(baseUrl)?.port ?? "";
  const option = port === "" || port === USUAL_PORT ? "" : ` --port ${port}`;
  return `is the sandbox running? start it with \`linq-webhooks sandbox${option}\`, or unset LINQ_BASE_URL for the real API`;
}

/** The default port of the sandbox. */
const USUAL_PORT = "4010";

/** The path that users often copy along with the host. */
const VERSIONED = /\/api\/partner(?:\/v\d+(?:\/webhook_subscriptions)?)?(?=\/?$)/;

function explainStatus({ status }: LinqApiError): string {
  if (status === 429 || status >= 500) return ADVICE.later;
  return status === 401 || status === 403 ? ADVICE.rejected : ADVICE.elsewhere;
}

function isOfVersion3({ status, messages }: LinqApiError): boolean {
  return status < 500 && status !== 429 && messages.some((message) => VERSION_3.test(message));
}

/** Only version 3 requires a bearer token. */
const VERSION_3 = /\bbearer\b|\bauthorization header\b|\bv3\b/i;
