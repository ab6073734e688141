/**
 * Checks that the declarations of the packed package compile for users: with the oldest supported
 * TypeScript up to the newest, under both module resolutions, and with the web's types from `lib.dom` or
 * from `@types/node`. `test:tools` runs further resolutions.
 */
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPinned } from "../support/install-pinned.js";
import { installPackedPackage } from "../support/packed-package.js";

const FOLDER = fileURLToPath(new URL("./declarations", import.meta.url));

const COMPILERS = ["5.4", "5.9", "6.0", "7.0"];

/** Each module resolution once, and each source of the web's types. */
const PROJECTS = {
  "bundler, lib.dom": {
    ...{ module: "ESNext", moduleResolution: "bundler" },
    ...{ lib: ["ES2022", "DOM", "DOM.Iterable"], types: [] },
  },
  "node16, @types/node": {
    ...{ module: "Node16", moduleResolution: "Node16" },
    ...{ lib: ["ES2022"], types: ["node"] },
  },
};

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  skipLibCheck: false,
  // The compiler's own files are not ours to check.
  skipDefaultLibCheck: true,
  // So that whatever users export of the library must have a type that their declarations can name.
  declaration: true,
  emitDeclarationOnly: true,
  outDir: "declared",
  target: "ES2022",
};

const compilers = await installPinned(join(FOLDER, "pinned"));
const consumer = await installPackedPackage();
try {
  await consumer.write("user.ts", await readFile(join(FOLDER, "user.ts"), "utf8"));
  for (const compiler of COMPILERS) {
    const tsc = join(compilers, `typescript-${compiler}`, "bin", "tsc");
    for (const [name, options] of Object.entries(PROJECTS)) {
      const compilerOptions = { ...STRICT, ...options };
      await consumer.write(
        "tsconfig.json",
        JSON.stringify({ compilerOptions, files: ["user.ts"] }),
      );
      const objections = compile(tsc);
      console.log(`${objections ? "✗" : "✓"} TypeScript ${compiler}, ${name}`);
      if (objections === "") continue;
      console.error(objections);
      process.exitCode = 1;
    }
  }
} finally {
  await consumer.remove();
}

/** The errors that the compiler finds. */
function compile(tsc: string): string {
  try {
    return execFileSync(process.execPath, [tsc, "-p", consumer.folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // What it has found is in its output, which a failed run hands over with the error.
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr || String(error);
  }
}
