import type { DuplicateGroup } from "../../index.js";
import type { CommandContext } from "../command.js";
import { ago } from "./ago.js";
import { printable } from "./printable.js";
import { type Cell, renderTable } from "./table.js";

const COLUMNS = [
  { title: "ID", align: "right" },
  { title: "EVENTS", breaks: "words" },
  { title: "SECRET" },
  { title: "LAST DELIVERY" },
  { title: "" },
] as const;

/** Renders groups of duplicates: their kind, their URL, and which subscriptions are redundant. */
export async function renderGroups(
  context: Pick<CommandContext, "io" | "redact" | "style">,
  groups: readonly DuplicateGroup[],
): Promise<string> {
  if (groups.length === 0) return "No event is delivered more than once.";
  const texts: string[] = [];
  for (const group of groups) {
    const clean = (text: string): string => printable(context.redact(text));
    const rows = group.subscriptions.map((subscription): Cell[] => [
      String(subscription.id),
      subscription.events.join(", "),
      subscription.secret_configured === true ? "yes" : "no",
      ago(subscription.last_delivered_at, context.io.now()),
      group.redundant.includes(subscription)
        ? { text: "redundant", mark: "bad" }
        : { text: "needed", mark: "good" },
    ]);
    const heading = `${context.style("title", group.kind)} at ${clean(group.webhook_url)}: ${clean(group.sharedEvents.join(", "))} ${group.sharedEvents.length === 1 ? "is" : "are"} delivered more than once`;
    const notes = group.obstacles.map((sentence) => `\n${clean(sentence)}`).join("");
    texts.push(`${heading}\n${await renderTable(context, COLUMNS, rows)}${notes}`);
  }
  return texts.join("\n\n");
}
