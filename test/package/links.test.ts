import { existsSync } from "node:fs";
import { posix } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Nodes } from "mdast";
import { describe, expect, it } from "vitest";
import { MANUALS, PAGES, README, readPage, toUrl } from "../../scripts/manuals.js";

/** What lies in the tarball, so that a manual in `src/` can lead to it there too; and pictures. */
const SHIPPED = /^(README\.md|LICENSE|llms\.txt|(src|generated|\.github\/images)\/.*)$/;

const LINKS = [...PAGES, "llms.txt"].flatMap((page) =>
  listTargets(fromMarkdown(readPage(page))).map((target) => ({ page, target })),
);
const isWeb = (target: string): boolean => /^\w+:/.test(target);

describe("the links of the README, the manuals and the papers", () => {
  it("are found in each manual, as links and as pictures", () => {
    const pages = LINKS.map(({ page }) => page);
    expect(pages).toEqual(expect.arrayContaining([README, ...MANUALS, "llms.txt"]));
    expect(LINKS.map(({ target }) => target)).toContain(".github/images/guard-dark.svg");
  });

  it.each(LINKS.filter(({ target }) => !isWeb(target)))("$page: $target", ({ page, target }) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : posix.join(posix.dirname(page), path);
    expect(existsSync(toUrl(file)), `${file} is not there`).toBe(true);
    if (anchor !== undefined) expect(listAnchors(readPage(file))).toContain(anchor);
    if (page.startsWith("src/")) expect(file).toMatch(SHIPPED);
  });

  it("lead to the web over https alone", () => {
    const web = LINKS.map(({ target }) => target).filter(isWeb);
    expect(web.length).toBeGreaterThan(0);
    for (const target of web) expect(new URL(target).protocol).toBe("https:");
  });
});

/** Where links, pictures and the attributes of HTML lead. */
function listTargets(node: Nodes): string[] {
  if (node.type === "html") {
    const attributes = node.value.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g);
    return [...attributes].map(([, target = ""]) => target);
  }
  const own = "url" in node ? [node.url] : [];
  return "children" in node ? [...own, ...node.children.flatMap(listTargets)] : own;
}

/** The anchors that GitHub gives to the headings of a page. */
function listAnchors(page: string): string[] {
  const counts = new Map<string, number>();
  return fromMarkdown(page).children.flatMap((node) => {
    if (node.type !== "heading") return [];
    const name = textOf(node)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, "")
      .replaceAll(" ", "-");
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [count === 0 ? name : `${name}-${count}`];
  });
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
