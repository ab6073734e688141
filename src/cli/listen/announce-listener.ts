import type { CommandContext } from "../command.js";
import { printable } from "../output/printable.js";
import type { LISTEN_OPTIONS } from "./listen-options.js";
import type { ListenSettings } from "./read-listen-options.js";
import type { Listener } from "./serve-listener.js";

/** What there is to say of a listener. */
export interface Announcement extends Pick<Listener, "url" | "port" | "pageUrl"> {
  readonly settings: ListenSettings;
  readonly subscriptionId: number | undefined;
  readonly isVerified: boolean;
  /** Whether nobody else knows the secret. */
  readonly isMadeUp: boolean;
}

/** Says where it listens, and what it does with deliveries. */
export function announceListener(
  { options, print, printJson, redact, style }: CommandContext<typeof LISTEN_OPTIONS>,
  { url, port, pageUrl, settings, subscriptionId, ...signing }: Announcement,
): void {
  const { forward, subscription, ending } = settings;
  const webhookUrl = subscription?.webhookUrl;
  if (options.json) {
    printJson({
      ...{ type: "listening", url, port, page: pageUrl, verified: signing.isVerified },
      ...{ forward_to: forward?.target.href ?? null, webhook_url: webhookUrl ?? null },
      subscription_id: subscriptionId ?? null,
    });
    return;
  }
  const clean = (text: string): string => printable(redact(text));
  print(style("good", `Listening on ${url}`));
  if (webhookUrl !== undefined) {
    const end = { leave: "left as it is", pause: "paused", delete: "deleted" }[ending];
    const what = subscriptionId === undefined ? "A subscription" : `Subscription ${subscriptionId}`;
    print(`${what} delivers to ${clean(webhookUrl)}; at the end it is ${end}.`);
  }
  if (forward) print(`Deliveries are handed on to ${clean(forward.target.href)}`);
  if (forward && signing.isMadeUp) {
    print(
      "They are signed with a secret that is made up; for a program that verifies, give its own (--secret-env).",
    );
  }
  if (!signing.isVerified) {
    print(style("careful", "Signatures are not verified: there is no secret (--secret-env)."));
  }
  print(`The page: ${pageUrl} (works once)\nCtrl-C ends it.\n`);
}
