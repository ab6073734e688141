import { toShow } from "../../subscriptions/subscription.js";
import { connect } from "../input/connect.js";
import { readVariable } from "../input/read-variable.js";
import type { CompletionWorld } from "./answer-completion.js";
import type { Suggestion } from "./suggestion.js";

/** How long a user may wait after pressing a key, in ms. */
const PATIENCE = 2_000;

/** Lists the ids of the account if the environment has a token, in one request with a short time-out. */
export async function findIds(world: CompletionWorld): Promise<Suggestion[]> {
  if (readVariable(world.io.env, "LINQ_INTEGRATION_TOKEN") === undefined) return [];
  const linq = await connect({ ...world, options: OPTIONS, positionals: [] });
  const found = await linq.webhookSubscriptions.list({
    ...{ timeout: PATIENCE, totalTimeout: PATIENCE, maxRetries: 0, signal: world.io.signal },
  });
  return toShow(found)
    .sort((a, b) => a.id - b.id)
    .map(({ id, webhook_url, events }) => ({
      value: String(id),
      about: world.redact(`${webhook_url} ${events.join(", ")}`),
    }));
}

/** The values of a command line without options. */
const OPTIONS = {
  ...{ "token-stdin": false, timeout: undefined, verbose: false },
  ...{ json: false, "no-color": true, debug: false, help: false },
} as const;
