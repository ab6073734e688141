import { defineConfig } from "eslint/config";
import regexp from "eslint-plugin-regexp";
import importX from "eslint-plugin-import-x";
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
  sync: ["client.ts", "subscriptions", "checks", "errors"],
  receiver: ["checks", "errors"],
  stores: ["receiver/delivery-store.ts", "checks", "errors"],
  testing: ["receiver/delivery-store.ts", "checks"],
  sandbox: ["receiver", "checks", "errors"],
  // It does what users of the library can do, by what they import. The fields that it takes and shows
  // are those that the library knows; what has a URL it asks where all ask. Its sandbox shares a port.
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
  // It shows what the library finds, and speaks with the command by that one's types. Its lean client
  // is put together from the parts of the whole one.
  page: ["index.ts", "subscriptions", "http", "cli/page/protocol.ts"],
};

const NOT_NODE = { group: ["node:*"], message: "This file runs in browsers too." };
const NOT_CLI = {
  regex: "^(cli-progress|cli-table3|string-width|jsonc-parser)$|(^|/)cli/",
  message: "The command line and what only it needs stay out of the library.",
};

export default defineConfig(
  { ignores: ["dist/", "docs/", "generated/", "node_modules/"] },
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
    // Their types stand in comments, which this rule does not read.
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
    // What runs in browsers too may not lean on Node.
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.node.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "global", "setImmediate", "require"],
      "no-restricted-imports": ["error", { patterns: [NOT_NODE, NOT_CLI] }],
    },
  },
  {
    // Foreign text meets these, so each has to take linear time, also where it begins to match in vain.
    files: ["src/**/*.{ts,tsx}"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    // The command line runs in Node alone, yet takes the world in as its `Io`.
    files: ["src/cli/**/*.ts"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    // The page shows what anybody may have sent, so text is all that it ever makes of it.
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
    // Paths are resolved, so the rows hold however deep a file lies.
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

/** Forbids a layer everything in src/ but itself and what its row allows. */
function toZone([layer, allowed]) {
  return {
    target: `./src/${layer}`,
    from: "./src",
    except: [layer, ...allowed].map((name) => `./${name}`),
    message: `src/${layer} may import only from: ${["generated", ...allowed].join(", ")}.`,
  };
}
