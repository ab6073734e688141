import { isLinqError } from "../../errors/index.js";
import type { WebhookSubscription } from "../../index.js";
import type { CommandContext } from "../command.js";
import { CommandError } from "../command-error.js";
import { type API_OPTIONS, connect } from "../input/connect.js";
import { describeError } from "../output/describe-error.js";
import { explainApiError } from "./explain-api-error.js";
import type { Api } from "../input/find-api.js";
import { failure, type Finding, ok } from "./finding.js";

/** The result of listing the subscriptions. */
export interface ApiCheck {
  readonly finding: Finding;
  /** All subscriptions; undefined if the call failed. */
  readonly list: WebhookSubscription[] | undefined;
}

/** Lists the subscriptions, and explains a failure. */
export async function checkApi(
  context: CommandContext<typeof API_OPTIONS>,
  api: Api,
): Promise<ApiCheck> {
  const { signal, env } = context.io;
  try {
    const linq = await connect(context, { waitsAsGiven: false });
    const list = await linq.webhookSubscriptions.list({ signal });
    const hasToken = context.options["token-stdin"] || (env["LINQ_INTEGRATION_TOKEN"] ?? "") !== "";
    const what = hasToken ? "accepts the token" : "answers without a token";
    const count = list.length === 1 ? "1 subscription" : `${list.length} subscriptions`;
    return { finding: ok("token", `${api.baseUrl} ${what}, and lists ${count}`), list };
  } catch (error) {
    signal.throwIfAborted();
    return { finding: toFinding(error, api), list: undefined };
  }
}

function toFinding(error: unknown, api: Api): Finding {
  const { message } = describeError(error);
  if (isLinqError(error)) return failure("token", message, explainApiError(error, api));
  // The token is missing, and the message already includes advice.
  if (error instanceof CommandError) {
    const [what = "", advice = "pipe in the token on the first line"] = message.split(": ", 2);
    return failure("token", what, advice);
  }
  throw error;
}
