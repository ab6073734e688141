import { defineConfig } from "vite";

// The mode "bundled" includes the package in the bundle; otherwise Node imports the installed one.
export default defineConfig(({ mode }) => ({
  ssr: { noExternal: mode === "bundled" ? true : undefined },
}));
