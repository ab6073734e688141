import { PRINTED, PROGRAM } from "./program-text.js";
import type { Step, Tool } from "./tool.js";

/** From the oldest that is promised up to the newest. */
const COMPILERS = ["5.4", "5.9", "6.0", "7.0"] as const;

type Compiler = (typeof COMPILERS)[number];

/** How a compiler makes a format of modules, and how it finds what is imported. */
interface Resolution {
  readonly format: "commonjs" | "module";
  readonly module: string;
  readonly moduleResolution: string;
  readonly compilers: readonly Compiler[];
}

/**
 * TypeScript 7.0 has no node10 any more, and `bundler` with CommonJS came with 6.0. What modules find by
 * the others, check-declarations.ts asks every compiler.
 */
const RESOLUTIONS: readonly Resolution[] = [
  resolution("commonjs", "CommonJS", "node10", ["5.4", "5.9", "6.0"]),
  resolution("commonjs", "CommonJS", "bundler", ["6.0", "7.0"]),
  resolution("commonjs", "Node16", "node16"),
  resolution("commonjs", "NodeNext", "nodenext"),
  resolution("module", "ESNext", "node10", ["5.4", "5.9", "6.0"]),
  resolution("module", "ESNext", "bundler", ["5.9"]),
  resolution("module", "Node16", "node16", ["5.9"]),
  resolution("module", "NodeNext", "nodenext", ["5.9"]),
];

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: [],
};

const MAIN = `import { rehearse } from "./program.js";
void rehearse().then((line) => console.log(line));
`;

/** A program that is compiled from ES modules and from CommonJS under each resolution, and run. */
export const TYPESCRIPT: Tool = {
  name: "TypeScript",
  version: COMPILERS.join(", "),
  pinned: "../package/declarations/pinned",
  isSlow: false,
  files: {
    ...sourcesOf("commonjs"),
    ...sourcesOf("module"),
    ...Object.fromEntries(COMPILERS.flatMap(configsOf)),
  },
  steps: COMPILERS.flatMap(stepsOf),
};

function resolution(
  format: Resolution["format"],
  module: string,
  moduleResolution: string,
  compilers: readonly Compiler[] = COMPILERS,
): Resolution {
  return { format, module, moduleResolution, compilers };
}

function resolutionsOf(compiler: Compiler): Resolution[] {
  return RESOLUTIONS.filter(({ compilers }) => compilers.includes(compiler));
}

/** The nearest `package.json` decides what a file is, so each format has a folder. */
function sourcesOf(format: Resolution["format"]): Record<string, string> {
  return {
    [`${format}/package.json`]: JSON.stringify({ type: format }),
    [`${format}/main.ts`]: MAIN,
    [`${format}/program.ts`]: PROGRAM,
  };
}

/** The configurations of a compiler, each with its path. */
function configsOf(compiler: Compiler): [path: string, text: string][] {
  return resolutionsOf(compiler).map((one) => [pathOf(compiler, one), writeConfig(compiler, one)]);
}

function pathOf(compiler: Compiler, { format, moduleResolution }: Resolution): string {
  return `${format}/tsconfig.${compiler}-${moduleResolution}.json`;
}

function writeConfig(compiler: Compiler, { module, moduleResolution }: Resolution): string {
  const compilerOptions = {
    ...STRICT,
    ...{ module, moduleResolution, outDir: `${compiler}-${moduleResolution}` },
    ...(compiler === "6.0" && { ignoreDeprecations: "6.0" }),
  };
  return JSON.stringify({ compilerOptions, files: ["main.ts"] });
}

/** A compiler is started once, since starting it takes longer than what it does here. */
function stepsOf(compiler: Compiler): Step[] {
  const resolutions = resolutionsOf(compiler);
  const tsc = `node_modules/typescript-${compiler}/bin/tsc`;
  return [
    { run: [tsc, "--build", ...resolutions.map((one) => pathOf(compiler, one))] },
    ...resolutions.map(({ format, moduleResolution }) => ({
      run: [`${format}/${compiler}-${moduleResolution}/main.js`],
      prints: PRINTED,
    })),
  ];
}
