import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));

/** Every regular expression that is written in src/, and where. */
function findExpressions(): [name: string, expression: RegExp][] {
  const found: [string, RegExp][] = [];
  for (const entry of readdirSync(SOURCE, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".ts")) continue;
    const path = join(entry.parentPath, entry.name);
    const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ESNext);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
        found.push([`${relative(SOURCE, path)} ${node.text}`, new RegExp(source, flags)]);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** Parts that can slow an expression down when repeated, and an end that makes the match fail. */
const PARTS = [
  " ",
  "\t ",
  "/",
  "<",
  ">",
  "a",
  "aA",
  "0",
  "0 of ",
  '"',
  "\\",
  "%41",
  "next",
  "total",
];
const MORE_PARTS = [
  "rel=",
  'rel="',
  "{",
  "}",
  "(",
  ".",
  "*",
  "\r\n",
  "secret",
  "__proto__",
  "é",
  "🔑",
  "sha256=",
];
const END = "\0!";

const LENGTH = 100_000;
const PIECES = 100;

/** The CPU time in ms, which does not depend on other processes. */
function timeOf(expression: RegExp, texts: readonly string[]): number {
  const start = process.cpuUsage();
  for (const text of texts) text.replace(expression, "");
  return process.cpuUsage(start).user / 1_000;
}

it.each(findExpressions())(
  "takes no longer for a long text than for its pieces: %s",
  (_name, expression) => {
    for (const part of [...PARTS, ...MORE_PARTS]) {
      const repeat = (length: number): string => part.repeat(Math.ceil(length / part.length)) + END;
      const pieces = Array.from({ length: PIECES }, () => repeat(LENGTH / PIECES));
      const base = timeOf(expression, pieces);
      // What takes quadratic time takes a hundred times as long.
      expect(timeOf(expression, [repeat(LENGTH)]), JSON.stringify(part)).toBeLessThan(
        20 * base + 50,
      );
    }
  },
);
