import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/cli/output/render-markdown.js";
import { planSync } from "../../../src/sync/index.js";
import { buildSubscription } from "../../support/build-subscription.js";
import { createFileWorld } from "../file-world.js";

const CONTEXT = { redact: (text: string) => text.replaceAll("s3ntinel", "[REDACTED]") };
const NOTHING = { others: 0, needs: [] };

/** The cells of the rows of steps. */
function readRows(markdown: string): string[][] {
  const [, , ...rows] = markdown.split("\n").filter((line) => line.startsWith("|"));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** Returns the visible text of a cell with its tags; throws on any other Markdown. */
function readCell(cell: string): string {
  const { children } = fromMarkdown(cell);
  expect(children).toHaveLength(1);
  const [paragraph] = children;
  if (paragraph?.type !== "paragraph") throw new Error(`a ${paragraph?.type ?? "cell"} in a table`);
  return paragraph.children
    .map((node) => {
      if (node.type !== "text" && node.type !== "html") throw new Error(`there is ${node.type}`);
      return node.value;
    })
    .join("");
}

describe("a plan as Markdown", () => {
  it("is a comment with a table of the changes", async () => {
    const { run, give } = await createFileWorld({
      subscriptions: [
        {
          ...{ webhook_url: "https://example.com/a", events: ["message.sent"] },
          secret: { env: "HOOK_SECRET" },
        },
        { webhook_url: "https://example.com/b", events: ["message.sent"], active: false },
        { webhook_url: "https://example.com/c", events: ["message.sent"] },
      ],
    });
    await give(
      { webhook_url: "https://example.com/b", events: ["message.sent"], secret: "before" },
      { webhook_url: "https://example.com/c", events: ["message.sent"] },
      { webhook_url: "https://example.com/d", events: ["message.sent"] },
    );
    const { code, stdout } = await run(["plan", "--markdown"]);
    expect(code).toBe(2);
    expect(stdout.replaceAll("&#58;", ":").replaceAll("&#95;", "_"))
      .toBe(`<!-- linq-webhooks plan -->

### Webhook subscriptions

**Plan**: 1 to add, 1 to change, 0 to delete, 1 unchanged. 1 other is not changed.

| Step | URL | Change |
| --- | --- | --- |
| add | <code>https://example.com/a</code> | nothing is at this URL yet<br>events: message.sent<br>secret: will be written |
| change | <code>https://example.com/b</code> (1) | webhook subscription 1 is paused; the entry must have a secret, since this subscription may have one<br>active: true -&#62; false<br>**Warning:** this step will fail until the entry has a secret; any new secret works |

Applying it needs the environment variable HOOK_SECRET.
`);
  });

  it("says that there is nothing to change", () => {
    expect(renderMarkdown(CONTEXT, planSync([], []), { ...NOTHING, others: 2 })).toBe(
      `<!-- linq-webhooks plan -->

### Webhook subscriptions

**Nothing to change**: 0 to add, 0 to change, 0 to delete, 0 unchanged. 2 others are not changed.`,
    );
  });

  it.each([
    "https://example.com/a|b|c",
    "https://example.com/`x`/``y``",
    "https://example.com/<script>alert(1)</script>",
    "https://example.com/--><img/src=x>",
    "https://example.com/&lt;b&gt;&#124;",
    "https://example.com/[a](https://evil.example)",
    "https://example.com/![a](b)_c_*d*~e~\\|",
    "https://example.com/@somebody/#1$x$",
    "https://example.com/é/日本?a=%7C&b=1",
  ])("shows %s unchanged, in one cell", (url) => {
    const step = [{ webhook_url: url, events: ["message.sent"] as const }];
    const gone = [buildSubscription({ webhook_url: url, events: ["message.read"] })];
    for (const plan of [planSync(step, []), planSync(step, gone)]) {
      const [row = [], ...others] = readRows(renderMarkdown(CONTEXT, plan, NOTHING));
      expect(others).toEqual([]);
      expect(row).toHaveLength(3);
      expect(readCell(row[1] ?? "")).toMatch(/^<code>.*<\/code>( \(1\))?$/);
      expect(readCell(row[1] ?? "").replace(/ \(1\)$/, "")).toBe(`<code>${url}</code>`);
      expect(readCell(row[2] ?? "")).toContain("message.sent");
    }
  });

  it("hides secrets before it escapes, and makes control characters visible", () => {
    const url = "https://example.com/s3ntinel\u001b[2J";
    const markdown = renderMarkdown(
      CONTEXT,
      planSync([{ webhook_url: url, events: ["message.sent"] }], []),
      NOTHING,
    );
    const [row = []] = readRows(markdown);
    expect(readCell(row[1] ?? "")).toBe("<code>https://example.com/[REDACTED]\\u001b[2J</code>");
  });

  it("fits into a comment of GitHub, and counts the omitted rows", () => {
    const desired = Array.from({ length: 2_000 }, (_, index) => ({
      webhook_url: `https://example.com/${index}`,
      events: ["message.sent"] as const,
    }));
    const markdown = renderMarkdown(CONTEXT, planSync(desired, []), NOTHING);
    expect(markdown.length).toBeLessThan(65_536);
    const rows = readRows(markdown).length;
    expect(rows).toBeGreaterThan(100);
    expect(markdown).toContain(`And ${2_000 - rows} more, which \`linq-webhooks plan\` shows.`);
  });
});

it("--markdown and --json exclude each other", async () => {
  const { run } = await createFileWorld({ subscriptions: [] });
  const { code, stderr } = await run(["plan", "--markdown", "--json"]);
  expect(code).toBe(1);
  expect(stderr).toContain("--json and --markdown cannot be combined: leave one out");
});
