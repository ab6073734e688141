import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * Inside src/ imports run one way only. Each row names a folder or file of src/ and what it may
 * import besides itself; CONTRIBUTING.md draws the same map.
 */
const layers = {
  errors: [],
  checks: ["errors"],
  http: ["checks", "errors"],
  subscriptions: ["http", "checks", "errors"],
  sync: ["client", "subscriptions", "checks", "errors"],
  receiver: ["checks", "errors"],
  sandbox: ["receiver"],
};

const NOT_NODE = { group: ["node:*"], message: "This file runs in browsers too." };

export default defineConfig(
  { ignores: ["dist/", "generated/", "node_modules/"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.config.js"] } },
    },
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  { files: ["*.config.js"], extends: [tseslint.configs.disableTypeChecked] },
  {
    // What runs in browsers too may not lean on Node.
    files: ["src/**/*.ts"],
    ignores: ["src/**/*.node.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "global", "setImmediate", "require"],
      "no-restricted-imports": ["error", { patterns: [NOT_NODE] }],
    },
  },
  ...Object.entries(layers).map(([layer, allowed]) => ({
    files: [`src/${layer}/**/*.ts`],
    ignores: ["src/**/*.node.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            NOT_NODE,
            {
              regex: `^(\\.\\./)+(?!generated/|\\.\\./|${[layer, ...allowed].map((name) => `${name}[/.]`).join("|")})`,
              message: `src/${layer} may import only from: ${["generated", ...allowed].join(", ")}.`,
            },
          ],
        },
      ],
    },
  })),
);
