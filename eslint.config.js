import { defineConfig } from "eslint/config";
import regexp from "eslint-plugin-regexp";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * Imports inside src/ run one way only. Each row names a folder of src/ and the folders and files that
 * it may import in addition to itself; CONTRIBUTING.md has the same map.
 */
const layers = {
  errors: [],
  checks: ["errors"],
  http: ["checks", "errors"],
  subscriptions: ["http", "checks", "errors"],
  sync: ["client.ts", "subscriptions", "checks", "errors"],
  receiver: ["checks", "errors"],
  stores: ["receiver/delivery-store.ts", "checks", "errors"],
  testing: ["receiver/delivery-store.ts", "checks"],
  sandbox: ["receiver", "checks", "errors"],
  // The command line uses the public entries. It also needs the fields and identity of subscriptions,
  // and the parts of the sandbox, which shares a port with the page.
  cli: [
    "index.ts",
    "sync/index.ts",
    "sandbox/index.ts",
    "sandbox/create-sandbox-parts.ts",
    "sandbox/wire/create-listener.node.ts",
    "receiver/index.ts",
    "subscriptions/input-fields.ts",
    "subscriptions/subscription.ts",
    "subscriptions/carry-on.ts",
    "subscriptions/identity.ts",
    "subscriptions/spelling.ts",
    "checks",
    "errors",
  ],
  // The page shows the results of the library, and shares the types of its protocol with the command.
  // Its lean client consists of parts of the full client.
  page: ["index.ts", "subscriptions", "http", "cli/page/protocol.ts"],
};

const NOT_NODE = { group: ["node:*"], message: "This file also runs in browsers." };
const NOT_CLI = {
  regex: "^(cli-progress|cli-table3|string-width|jsonc-parser)$|(^|/)cli/",
  message: "The library must not import the command line or its dependencies.",
};

export default defineConfig(
  {
    ignores: [
      ...["dist/", "docs/", "generated/", "node_modules/", "test/tools/*/"],
      "scripts/generate/.*.mjs",
    ],
  },
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
  {
    // These files have their types in comments, which this rule does not read.
    files: ["scripts/**/*.js", "*.config.js"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    // Its exports have no types, so that the compiler has to find the names for them.
    files: ["test/package/declarations/user.ts"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  { files: ["*.config.js"], extends: [tseslint.configs.disableTypeChecked] },
  {
    // Code that also runs in browsers must not depend on Node.
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.node.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "global", "setImmediate", "require"],
      "no-restricted-imports": ["error", { patterns: [NOT_NODE, NOT_CLI] }],
    },
  },
  {
    // React Native compiles the package with a Babel preset that rejects these.
    files: ["src/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "StaticBlock", message: "React Native cannot compile static blocks." },
      ],
    },
  },
  {
    // These match untrusted text, so each must take linear time, even if it does not match.
    files: ["src/**/*.{ts,tsx}"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    // The command line runs only in Node; its side effects still go through `Io`.
    files: ["src/cli/**/*.ts"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    // The page shows untrusted payloads, so it must render them only as text.
    files: ["src/page/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [NOT_NODE] }],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            ":matches(Identifier, JSXIdentifier, Literal)[name=/html$|^insertAdjacent/i], Literal[value=/^(dangerouslySet)?(inner|outer)html$/i]",
          message: "Payloads are text, never markup.",
        },
      ],
    },
  },
  {
    // Paths are resolved first, so the rules apply at every folder depth.
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [
        importX.createNodeResolver({ extensionAlias: { ".js": [".ts", ".tsx"] } }),
      ],
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: Object.entries(layers).map(toZone) }],
    },
  },
);

/** Forbids a layer to import anything in src/ except itself and its row. */
function toZone([layer, allowed]) {
  return {
    target: `./src/${layer}`,
    from: "./src",
    except: [layer, ...allowed].map((name) => `./${name}`),
    message: `src/${layer} may import only from: ${["generated", ...allowed].join(", ")}.`,
  };
}
