import { parseUrl } from "../../checks/parse-url.js";
import type { AnyLinqError, LinqApiError } from "../../errors/index.js";
import type { Api } from "../input/find-api.js";

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
  network: "check the network, and LINQ_BASE_URL if it is set",
  later: "the API itself has a problem: try again later",
} as const;

/** What to do about an error in place of the list, by the nearest cause of it. */
export function explainApiError(error: AnyLinqError, api: Api): string {
  return findCause(error, api) ?? explainInGeneral(error, api);
}

/**
 * What to do about an error of any call, where it shows what the cause is; undefined where it does not,
 * and its own sentence says all there is to say.
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

function explainPath(baseUrl: string): string | undefined {
  const path = VERSIONED.exec(baseUrl)?.[0];
  return path === undefined
    ? undefined
    : `LINQ_BASE_URL must end before ${path}, which is added to it: take that off`;
}

/** With the port at which the sandbox is looked for. */
function startSandbox(baseUrl: string): string {
  const port = parseUrl(baseUrl)?.port ?? "";
  const option = port === "" || port === USUAL_PORT ? "" : ` --port ${port}`;
  return `is the sandbox running? start it with \`linq-webhooks sandbox${option}\`, or unset LINQ_BASE_URL for the real API`;
}

/** Where the sandbox serves unless told otherwise. */
const USUAL_PORT = "4010";

/** What people copy along with the host. */
const VERSIONED = /\/api\/partner(?:\/v\d+(?:\/webhook_subscriptions)?)?(?=\/?$)/;

function explainStatus({ status }: LinqApiError): string {
  if (status === 429 || status >= 500) return ADVICE.later;
  return status === 401 || status === 403 ? ADVICE.rejected : ADVICE.elsewhere;
}

function isOfVersion3({ status, messages }: LinqApiError): boolean {
  return status < 500 && status !== 429 && messages.some((message) => VERSION_3.test(message));
}

/** Only version 3 asks for a bearer token. */
const VERSION_3 = /\bbearer\b|\bauthorization header\b|\bv3\b/i;
