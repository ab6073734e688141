import { SHORTEST } from "../checks/check-secret.js";
import { keysOf } from "../checks/mask-urls.js";
import type { Call } from "../http/call.js";
import type { CompleteInput } from "./input.js";

/**
 * Hides the secret of an input and the keys in its URL from the start of the call, because a server may
 * already know them and echo them anywhere.
 */
export function hideSecrets<Input extends Partial<CompleteInput>>(call: Call, input: Input): Input {
  const { secret, webhook_url } = input;
  const keys = webhook_url === undefined ? [] : keysOf(webhook_url);
  for (const key of keys) if (key.length >= SHORTEST) call.hide(key);
  if (secret !== undefined) call.hide(secret);
  return input;
}
