import { OptionDefaults } from "typedoc";

/** The reference, from the declarations and their comments: `npm run docs`. */
export default {
  name: "linq-webhooks",
  entryPoints: ["index", "receiver/index", "sandbox/index", "stores/index", "sync/index", "testing/index"].map((name) => `src/${name}.ts`),
  tsconfig: "tsconfig.build.json",
  readme: "README.md",
  out: "docs",
  disableSources: true,
  excludeInternal: true,
  blockTags: [...OptionDefaults.blockTags, "@description"],
  validation: {
    notExported: true,
    invalidLink: true,
    notDocumented: true,
    rewrittenLink: true,
    unusedMergeModuleWith: true,
  },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
};
