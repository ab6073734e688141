import { readFileSync } from "node:fs";
import { readPrograms } from "../support/manual-programs.js";
import { PRINTED, PROGRAM } from "./program-text.js";
import type { Tool } from "./tool.js";
import { TYPESCRIPT } from "./typescript.js";

const VITE = "node_modules/vite/bin/vite.js";
const NEXT = "node_modules/next/dist/bin/next";

/** Every tool in which the package must work. */
export const TOOLS: readonly Tool[] = [
  TYPESCRIPT,
  define("Jest and ts-jest", "jest", {
    files: { "program.ts": PROGRAM },
    steps: [{ run: ["node_modules/jest/bin/jest.js"] }],
  }),
  define("ts-node", "ts-node", {
    files: { "program.ts": PROGRAM },
    steps: [{ run: ["node_modules/ts-node/dist/bin.js", "main.ts"], prints: PRINTED }],
  }),
  define("tsx", "tsx", {
    files: { "program.ts": PROGRAM },
    steps: ["main.ts", "main.mts"].map((main) => ({
      run: ["node_modules/tsx/dist/cli.mjs", main],
      prints: PRINTED,
    })),
  }),
  define("Vite SSR", "vite", {
    files: { "program.ts": PROGRAM },
    steps: [
      { run: [VITE, "build", "--ssr", "main.ts"] },
      { run: ["dist/main.js"], prints: PRINTED },
      { run: [VITE, "build", "--ssr", "main.ts", "--mode", "bundled"] },
      { run: ["dist/main.js"], prints: PRINTED },
    ],
  }),
  define("webpack", "webpack", {
    steps: [
      { run: ["build.js"] },
      { run: ["dist/node.js"], prints: "Hello!" },
      { run: ["--eval", "self = globalThis; require('./dist/web.js')"], prints: "Hello!" },
    ],
  }),
  define("Metro", "metro", {
    files: { "program.ts": PROGRAM },
    steps: [{ run: ["build.js"] }, { run: ["bundle.js"], prints: PRINTED }],
  }),
  ...[15, 16].map((major) =>
    define(`Next.js ${major}`, `next-${major}`, {
      package: "next",
      isSlow: true,
      files: {
        "app/api/linq/route.ts": programUnder("Next.js"),
        "app/api/linq/receiver.mjs": programUnder("In your server"),
      },
      steps: [
        { run: [NEXT, "build"] },
        { serve: [NEXT, "start", "-H", "127.0.0.1", "-p", "0"], path: "/api/linq" },
      ],
    }),
  ),
  ...[11, 12].map((major) =>
    define(`NestJS ${major}`, `nest-${major}`, {
      package: "@nestjs/core",
      isSlow: true,
      files: { "src/linq.controller.ts": programUnder("NestJS") },
      steps: [
        { run: ["node_modules/typescript/bin/tsc"] },
        { serve: ["dist/main.js"], path: "/hook" },
      ],
    }),
  ),
];

/** A tool whose project has a folder here, and whose version is that of a package pinned there. */
function define(
  name: string,
  folder: string,
  {
    package: pinnedPackage = folder,
    ...rest
  }: Partial<Pick<Tool, "isSlow" | "files">> & Pick<Tool, "steps"> & { package?: string },
): Tool {
  const manifest = readFileSync(new URL(`./${folder}/package.json`, import.meta.url), "utf8");
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> }; // Ours.
  const version = dependencies[pinnedPackage] ?? "";
  return { name, version, pinned: `./${folder}`, isSlow: false, files: {}, ...rest };
}

/** The program under a heading of the receiver's manual, unchanged. */
function programUnder(heading: string): string {
  const program = readPrograms().find(
    (one) => one.manual === "src/receiver/README.md" && one.heading === heading,
  );
  if (!program) throw new Error(`The manual of the receiver has no program under "${heading}"`);
  return program.code;
}
