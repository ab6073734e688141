import { drawScreen, THEMES } from "./draw-screen.js";
import { recordSession } from "./record-session.js";

/** What the picture shows, for those who do not see it. */
export const TITLE =
  "In a terminal, ensure creates a subscription, plan shows what a file would change, apply changes it, and list shows the two subscriptions.";

/** Draws the session in each theme; the names are those of the files. */
export async function drawSession(): Promise<Readonly<Record<string, string>>> {
  const screen = await recordSession();
  const pictures = Object.entries(THEMES).map(
    ([name, theme]) => [`terminal-${name}.svg`, drawScreen(screen, TITLE, theme)] as const,
  );
  return Object.fromEntries(pictures);
}
