import { describe, expect, it } from "vitest";
import { startProgress } from "../../../src/cli/output/progress.js";

interface Shown {
  readonly text: () => string;
  readonly context: Parameters<typeof startProgress>[0];
}

function createContext(isTTY: boolean, json = false): Shown {
  let text = "";
  const stderr = { isTTY, columns: 80, write: (piece: string) => (text += piece) };
  // A bar reads nothing else.
  return { text: () => text, context: { io: { stderr }, options: { json } } as never };
}

describe("startProgress", () => {
  it("shows the progress, and removes the bar at the end", async () => {
    const { context, text } = createContext(true);
    const progress = await startProgress(context, 3);
    expect(text()).toContain("0/3");
    progress.update(2);
    progress.stop();
    expect(text()).toContain("2/3");
    expect(text()).toMatch(/\u001b\[1G\u001b\[0J|\u001b\[[02]K/);
    const ended = text();
    progress.stop();
    expect(text().replace(ended, "")).not.toContain("/3");
  });

  it.each([
    ["in a pipe", false, false, 3],
    ["with --json", true, true, 3],
    ["when there is nothing to do", true, false, 0],
  ])("shows nothing %s", async (_name, isTTY, json, total) => {
    const { context, text } = createContext(isTTY, json);
    const progress = await startProgress(context, total);
    progress.update(1);
    progress.stop();
    expect(text()).toBe("");
  });
});
