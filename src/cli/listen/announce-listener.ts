import type { CommandContext } from "../command.js";
import { printable } from "../output/printable.js";
import type { LISTEN_OPTIONS } from "./listen-options.js";
import type { ListenSettings } from "./read-listen-options.js";
import type { Listener } from "./serve-listener.js";

/** The facts to announce about a listener. */
export interface Announcement extends Pick<Listener, "url" | "port" | "pageUrl"> {
  readonly settings: ListenSettings;
  readonly subscriptionId: number | undefined;
  readonly isVerified: boolean;
  /** Whether `listen` generated the secret. */
  readonly isMadeUp: boolean;
}

/** Prints the addresses of the listener, and what it does with deliveries. */
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
    const end = { leave: "left unchanged", pause: "paused", delete: "deleted" }[ending];
    const what = subscriptionId === undefined ? "A subscription" : `Subscription ${subscriptionId}`;
    print(`${what} delivers to ${clean(webhookUrl)}; at the end it is ${end}.`);
  }
  if (forward) print(`Deliveries are forwarded to ${clean(forward.target.href)}`);
  if (forward && signing.isMadeUp) {
    print(
      "They are signed with a generated secret; if your program verifies signatures, give its secret (--secret-env).",
    );
  }
  if (!signing.isVerified) {
    print(style("careful", "Signatures are not verified without a secret (--secret-env)."));
  }
  print(`The page: ${pageUrl} (works once)\nCtrl-C ends it.\n`);
}
