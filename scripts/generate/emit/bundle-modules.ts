import { build as bundle, type Plugin } from "esbuild";
import { fileURLToPath } from "node:url";

/** Where the packages are found that generated code leans on, whatever the working directory. */
const PACKAGE_ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Joins modules given as text into one ES module with everything they import inside. */
export async function bundleModules(modules: string[]): Promise<string> {
  const result = await bundle({
    stdin: {
      contents: modules.map((_, index) => `export * from "module:${index}";`).join("\n"),
      resolveDir: PACKAGE_ROOT,
    },
    absWorkingDir: PACKAGE_ROOT,
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    target: "es2022",
    legalComments: "none",
    // Leaves out the comments that name the path of each file, which differ between machines.
    minifyWhitespace: true,
    plugins: [modulesAsText(modules)],
  });
  return result.outputFiles[0]?.text ?? "";
}

function modulesAsText(modules: string[]): Plugin {
  return {
    name: "modules-as-text",
    setup: (build) => {
      build.onResolve({ filter: /^module:/ }, ({ path }) => ({ path, namespace: "text" }));
      build.onLoad({ filter: /^module:/, namespace: "text" }, ({ path }) => ({
        contents: modules[Number(path.slice("module:".length))] ?? "",
        resolveDir: PACKAGE_ROOT,
      }));
    },
  };
}
