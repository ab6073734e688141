import { defineConfig } from "vite";

// In the mode "bundled" the package becomes part of the bundle; otherwise Node imports it.
export default defineConfig(({ mode }) => ({
  ssr: { noExternal: mode === "bundled" ? true : undefined },
}));
