import { build as bundle, type Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/**
 * Bundles modules that are given as text into one ES module with all their imports. The result has
 * line breaks, but is not formatted: only programs read it.
 */
export async function bundleModules(modules: string[]): Promise<string> {
  const result = await bundle({
    stdin: { contents: modules.map((_, index) => `export * from "module:${index}";`).join("\n") },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    legalComments: "none",
    minifyWhitespace: true,
    lineLimit: 100,
    plugins: [modulesAsText(modules), packages()],
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
      }));
    },
  };
}

/** Names modules of packages by their paths in the package, wherever the package is installed. */
function packages(): Plugin {
  return {
    name: "packages",
    setup: (build) => {
      build.onResolve({ filter: /^[^:]*$/ }, ({ path, pluginData }) => {
        // An import in a package is resolved from that file, any other import from this one.
        const importer = typeof pluginData === "string" ? pluginData : import.meta.url;
        const file = createRequire(importer).resolve(path);
        const [name = path] = file.split(/[\\/]node_modules[\\/]/).slice(-1);
        return { path: name.replaceAll("\\", "/"), namespace: "package", pluginData: file };
      });
      build.onLoad({ filter: /.*/, namespace: "package" }, async ({ pluginData }) => {
        const file = String(pluginData);
        return { contents: await readFile(file, "utf8"), pluginData: file };
      });
    },
  };
}
