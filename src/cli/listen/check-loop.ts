import { parseUrl } from "../../checks/parse-url.js";
import { CommandError } from "../command-error.js";

/** Host names that mean this machine. */
const SELF = /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.*\])$/i;

/**
 * Makes sure that the receiver does not forward deliveries to itself, which would never end.
 *
 * @param port - the port of the receiver.
 * @param webhookUrl - the public URL of the receiver, if it has one.
 * @throws {CommandError} when the target is the receiver itself.
 */
export function checkLoop(target: URL, port: number, webhookUrl: string | undefined): void {
  const { hostname, protocol, port: given, origin } = target;
  const targetPort = given === "" ? { "http:": 80, "https:": 443 }[protocol] : Number(given);
  const isItself = SELF.test(hostname) && targetPort === port;
  if (!isItself && origin !== parseUrl(webhookUrl ?? "")?.origin) return;
  throw new CommandError(
    "loop",
    "--forward-to must be another program, but is this receiver; check its port",
  );
}
