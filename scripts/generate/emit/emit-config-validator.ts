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
    // The documents have been checked where they were read, and this check is slow.
    validateSchema: false,
    code: { source: true, esm: true },
  });
  ajv.addSchema(schema, "config");
  ajv.getSchema("config");
  return bundleModules([standalone.default(ajv, { validateConfig: "config" })]);
}
