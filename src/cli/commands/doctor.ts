import { keysOf } from "../../checks/mask-urls.js";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { examineAccount } from "../doctor/examine-account.js";
import { examineUrl } from "../doctor/examine-url.js";
import { type LocatedFinding, worstOf } from "../doctor/finding.js";
import { renderFinding } from "../doctor/render-finding.js";
import { checkEvent } from "../input/check-event.js";
import { API_OPTIONS, EVENTS_OPTION } from "../input/connect.js";
import { readSecret, SECRET_OPTIONS } from "../input/read-secret.js";
import { readTimeout } from "../input/read-timeout.js";
import { readUrl } from "../input/read-url.js";
import { printable } from "../output/printable.js";

const OPTIONS = {
  ...API_OPTIONS,
  url: { type: "string", value: "<url>", summary: "the URL at which nothing arrives" },
  event: {
    type: "string",
    value: "<name>",
    completes: "event",
    summary: "the event that does not arrive",
  },
  ...SECRET_OPTIONS,
  // Replaces the time-out of the API.
  timeout: {
    type: "string",
    value: "<seconds>",
    summary: "how long to wait for the receiver (default: 10, like Linq)",
  },
  ...EVENTS_OPTION,
} as const;

/** Finds out why nothing arrives. */
export const doctor = defineCommand({
  positionals: [],
  options: OPTIONS,
  examples: [
    "doctor",
    "doctor --url https://example.com/hook --event message.received --secret-env HOOK_SECRET",
  ],
  notes: [
    "With --url it also tests the receiver: it sends one example event without a signature, which the receiver should refuse with 401. With a secret it then delivers one signed example event to that URL, as the API would: the event of --event, or the first event of the subscription. The ids of both events begin with d0c70000.",
    "It changes nothing in the account. Exit codes: 0 no check failed, 1 a check failed; warnings do not count.",
  ],
  run: async (context) => {
    const { options, print, printJson } = context;
    const findings: LocatedFinding[] = [];
    for await (const finding of await examine(context)) {
      if (!options.json) printFinding(context, finding, findings.at(-1)?.webhook_url);
      findings.push(finding);
    }
    const outcome = worstOf(findings);
    if (options.json) {
      printJson({ webhook_url: options.url ?? null, outcome, checks: findings });
    } else {
      print(`\n${summarise(findings)}`);
      if (options.url === undefined) {
        print("`linq-webhooks doctor --url URL` checks one URL further, and tests its receiver.");
      }
    }
    return outcome === "failure" ? 1 : 0;
  },
});

async function examine(
  context: CommandContext<typeof OPTIONS>,
): Promise<AsyncGenerator<LocatedFinding>> {
  const { options, hide } = context;
  const { url, timeout = "10", "allow-unknown-events": allowUnknown } = options;
  const event = options.event === undefined ? undefined : checkEvent(options.event, allowUnknown);
  const secret = await readSecret(context);
  if (url === undefined) {
    if (secret === undefined && options.timeout === undefined)
      return examineAccount(context, event);
    throw new CommandError(
      "usage",
      "a secret and --timeout are for the test of a receiver: give its --url=<url>, too",
    );
  }
  // A receiver may echo the keys.
  for (const key of keysOf(readUrl(url))) hide(key);
  return examineUrl(context, { url, event, secret, timeout: readTimeout(timeout) });
}

function printFinding(
  context: CommandContext<typeof OPTIONS>,
  finding: LocatedFinding,
  lastUrl: string | undefined,
): void {
  const { print, redact, style } = context;
  const { webhook_url: url } = finding;
  if (url !== undefined && url !== lastUrl) print(`\n${style("title", printable(redact(url)))}`);
  print(renderFinding(context, finding));
}

function summarise(findings: readonly LocatedFinding[]): string {
  const count = (outcome: LocatedFinding["outcome"], name: string): string => {
    const { length } = findings.filter((finding) => finding.outcome === outcome);
    return `${length} ${name}${length === 1 ? "" : "s"}`;
  };
  return `${count("failure", "failure")}, ${count("warning", "warning")}.`;
}
