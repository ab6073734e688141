import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SlowFirst } from "./test/support/slow-first.js";
import { findUnitTests } from "./test/support/unit-tests.js";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const unit = findUnitTests();

export default defineConfig({
  resolve: {
    alias: [
      { find: "#receiver/runtime", replacement: path("./src/receiver/runtime.node.ts") },
      { find: "#sandbox/listen", replacement: path("./src/sandbox/wire/listen.node.ts") },
      { find: /^linq-webhooks\/receiver$/, replacement: path("./src/receiver/index.ts") },
      { find: /^linq-webhooks\/sandbox$/, replacement: path("./src/sandbox/index.ts") },
      { find: /^linq-webhooks\/stores$/, replacement: path("./src/stores/index.ts") },
      { find: /^linq-webhooks\/sync$/, replacement: path("./src/sync/index.ts") },
      { find: /^linq-webhooks\/testing$/, replacement: path("./src/testing/index.ts") },
      { find: /^linq-webhooks$/, replacement: path("./src/index.ts") },
    ],
  },
  test: {
    projects: [
      // A process loads each module once, not once for each file: less than half of the work.
      { extends: true, test: { name: "unit", include: [...unit.shared], isolate: false } },
      { extends: true, test: { name: "unit-alone", include: [...unit.alone] } },
      {
        extends: true,
        test: {
          name: "system",
          include: ["test/**/*.test.ts"],
          exclude: [...unit.shared, ...unit.alone],
          typecheck: {
            enabled: true,
            include: ["test/types/**/*.test-d.ts"],
            // With the configuration of the repository it would repeat `npm run check:types`.
            tsconfig: "test/types/tsconfig.json",
          },
        },
      },
    ],
    sequence: { sequencer: SlowFirst },
    // Half of the tests wait for processes; the default leaves one core idle.
    maxWorkers: "100%",
    // In ms; these only stop tests that hang, so that slow machines pass.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 600_000 } },
  },
});
