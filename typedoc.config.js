import { Converter, OptionDefaults, ReflectionKind } from "typedoc";

/** The reference: made by `npm run docs`, checked by `npm run check:docs`. */
export default {
  name: "linq-webhooks",
  entryPoints: [
    "src/index.ts",
    "src/receiver/index.ts",
    "src/sandbox/index.ts",
    "src/stores/index.ts",
    "src/sync/index.ts",
    "src/testing/index.ts",
  ],
  tsconfig: "tsconfig.build.json",
  readme: "README.md",
  projectDocuments: ["src/*/README.md"],
  out: "docs",
  // The repository has no public host for links to the sources.
  disableSources: true,
  // The constructors of errors, which nobody calls but the library.
  excludeInternal: true,
  blockTags: [...OptionDefaults.blockTags, "@description"],
  // What `EventOf` takes the events out of, and what `EventChanges` makes of the fields of one.
  intentionallyNotExported: [
    "generated/webhook-events.ts:webhooks",
    "src/sandbox/deliveries/create-event.ts:Changes",
  ],
  plugin: [nameManuals, excuseGenerated],
  validation: {
    notExported: true,
    invalidLink: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
};

/**
 * Manuals are called as their first heading says, without what follows its colon.
 *
 * @param {import("typedoc").Application} app
 */
function nameManuals(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, manual) => {
    const [first] = manual.content;
    manual.name = /^# ([^:\n]+)/.exec(first?.text ?? "")?.[1] ?? manual.name;
  });
}

/**
 * Generated types have the words of the specification; `parameters` and the like have none.
 *
 * @param {import("typedoc").Application} app
 */
function excuseGenerated(app) {
  app.converter.on(Converter.EVENT_END, ({ project }) => {
    const isGenerated = (member) =>
      project.getSymbolIdFromReflection(member)?.packagePath === "generated/openapi.ts";
    const names = project
      .getReflectionsByKind(ReflectionKind.Property)
      .filter((member) => isGenerated(member) && !member.hasComment() && !isOfParameter(member))
      .map((member) => member.getFriendlyFullName());
    app.options.setValue("intentionallyNotDocumented", [...new Set(names)]);
  });
}

/**
 * Types of parameters are shown, and not checked.
 *
 * @param {import("typedoc").Reflection} member
 * @returns {boolean}
 */
function isOfParameter({ parent }) {
  return parent ? parent.kindOf(ReflectionKind.Parameter) || isOfParameter(parent) : false;
}
