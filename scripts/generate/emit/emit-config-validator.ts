import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { bundleModules } from "./bundle-modules.js";
import type { JsonObject } from "../json.js";

/** A ready-made validator of the file: plain code that does not need the library where it runs. */
export async function emitConfigValidator(schema: JsonObject): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    // The errors then name what was allowed, for hints.
    verbose: true,
    strict: false,
    // Their structure has been checked where they were read; its own check takes half of the time.
    validateSchema: false,
    code: { source: true, esm: true },
  });
  ajv.addSchema(schema, "config");
  ajv.getSchema("config");
  return bundleModules([standalone.default(ajv, { validateConfig: "config" })]);
}
