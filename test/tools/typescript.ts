import { PRINTED, PROGRAM } from "./program-text.js";
import type { Step, Tool } from "./tool.js";

/** From the oldest version that we support to the newest. */
const COMPILERS = ["5.4", "5.9", "6.0", "7.0"] as const;

type Compiler = (typeof COMPILERS)[number];

/** Compiler options for a format of modules, and the compilers that are tested with them. */
interface Resolution {
  readonly format: "commonjs" | "module";
  readonly module: string;
  readonly moduleResolution: string;
  readonly compilers: readonly Compiler[];
}

/**
 * TypeScript 7.0 has removed `node10`, and TypeScript 6.0 has added `bundler` with CommonJS. For the other
 * resolutions from ES modules, one compiler is enough: check-declarations.ts tests them with all.
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
  skipDefaultLibCheck: true,
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: [],
};

const MAIN = `import { rehearse } from "./program.js";
void rehearse().then((line) => console.log(line));
`;

/** Compiles the program under each resolution, as ES modules and as CommonJS, and runs the result. */
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

/** The nearest `package.json` decides the format of a file, so each format has a folder. */
function sourcesOf(format: Resolution["format"]): Record<string, string> {
  return {
    [`${format}/package.json`]: JSON.stringify({ type: format }),
    [`${format}/main.ts`]: MAIN,
    [`${format}/program.ts`]: PROGRAM,
  };
}

/** The tsconfig files of a compiler. */
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

/** One process compiles all resolutions, since starting the compiler takes longer than one of them. */
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
