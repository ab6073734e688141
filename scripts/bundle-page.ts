import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const SOURCE = fileURLToPath(new URL("../src/page/", import.meta.url));

/** The files of the page, in the folder that {@link bundlePage} writes to. */
export const PAGE_FILES = ["index.html", "page.css", "page.js"] as const;

/** Replaces the client with one that has only the methods that the page calls. */
const leanClient: Plugin = {
  name: "lean-client",
  setup: (bundle) => {
    const replace = (filter: RegExp, path: string): void => {
      bundle.onResolve({ filter }, () => ({ path: join(SOURCE, "subscriptions", path) }));
    };
    replace(/\/create-webhook-subscriptions\.js$/, "lean-subscriptions.ts");
    replace(/^\.\/share-readings\.js$/, "lean-readings.ts");
    replace(/^\.\/(post|spelling|read-written|carry-on|input-fields)\.js$/, "lean-writing.ts");
  },
};

/** Builds the static files of the page that `listen` and `sandbox --ui` serve. */
export async function bundlePage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(join(SOURCE, "index.html"), join(folder, "index.html"));
  await build({
    entryPoints: [join(SOURCE, "page.tsx"), join(SOURCE, "page.css")],
    outdir: folder,
    bundle: true,
    charset: "utf8",
    format: "esm",
    // The output compresses better than that of the automatic runtime, and does the same.
    jsx: "transform",
    jsxFactory: "h",
    jsxFragment: "Fragment",
    tsconfigRaw: {},
    inject: [join(SOURCE, "jsx.ts")],
    logLevel: "error",
    minify: true,
    plugins: [leanClient],
    platform: "browser",
    target: "es2022",
  });
}
