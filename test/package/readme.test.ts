import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";

interface Program {
  readonly heading: string;
  readonly lang: string;
  readonly code: string;
}

/** Every program of the README, under the heading where it stands. */
function readPrograms(): Program[] {
  let heading = "";
  const programs: Program[] = [];
  const markdown = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  for (const node of fromMarkdown(markdown).children) {
    if (node.type === "heading") {
      heading = node.children.map((child) => ("value" in child ? child.value : "")).join("");
    }
    if (node.type === "code" && (node.lang === "js" || node.lang === "ts")) {
      programs.push({ heading, lang: node.lang, code: node.value });
    }
  }
  return programs;
}

/** What its comments say that a program prints: `console.log(…); // this`, where … stands for anything. */
function expectedOutput(code: string): RegExp {
  const lines = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text = ""]) =>
    text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*"),
  );
  return new RegExp(lines.join("[^]*"));
}

const programs = readPrograms();
let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackedPackage();
});

afterAll(async () => {
  await consumer.remove();
});

describe("the README, on the packed package", () => {
  it("has programs in both languages", () => {
    expect(new Set(programs.map(({ lang }) => lang))).toEqual(new Set(["js", "ts"]));
  });

  it.each(programs.filter(({ lang }) => lang === "js"))(
    "runs and prints what it says: $heading",
    async ({ code }) => {
      await consumer.write("program.mjs", code);
      const { stdout, stderr } = await consumer.run("program.mjs");
      expect(stdout).toMatch(expectedOutput(code));
      expect(stderr).toBe("");
    },
  );

  it("typechecks under the strictest settings", async () => {
    const files = programs.filter(({ lang }) => lang === "ts");
    for (const [index, { code }] of files.entries()) {
      await consumer.write(`program-${index}.ts`, code);
    }
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      skipLibCheck: false,
      noEmit: true,
      target: "ES2022",
      module: "NodeNext",
      types: ["node"],
    };
    await consumer.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const tsc = join("node_modules", "typescript", "bin", "tsc");
    const { stdout } = await consumer.run(tsc).catch((error: unknown) => {
      // What tsc has found is in its output, which a failed run hands over with the error.
      return error as { stdout: string };
    });
    expect(stdout).toBe("");
  });
});
