import { parseUrl } from "../../checks/parse-url.js";
import { CommandError } from "../command-error.js";

/** Names under which this machine reaches itself. */
const SELF = /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.*\])$/i;

/**
 * Makes sure that deliveries are not handed on to the receiver itself, which would go on for ever.
 *
 * @param port - of the receiver.
 * @param webhookUrl - by which the receiver is reached from outside, if it is.
 * @throws {CommandError} for a target that is the receiver.
 */
export function checkLoop(target: URL, port: number, webhookUrl: string | undefined): void {
  const { hostname, protocol, port: given, origin } = target;
  const targetPort = given === "" ? { "http:": 80, "https:": 443 }[protocol] : Number(given);
  const isItself = SELF.test(hostname) && targetPort === port;
  if (!isItself && origin !== parseUrl(webhookUrl ?? "")?.origin) return;
  throw new CommandError(
    "loop",
    "--forward-to must be another program, and is this receiver itself; check its port",
  );
}
