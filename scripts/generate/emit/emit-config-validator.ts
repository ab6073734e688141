import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { bundleModules } from "./bundle-modules.js";
import type { JsonObject } from "../json.js";

/** A compiled validator for the file: plain code that does not need the library at run time. */
export async function emitConfigValidator(schema: JsonObject): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    // Errors then include the schema, from which hints are made.
    verbose: true,
    strict: false,
    // The documents were checked when they were read, and this check is slow.
    validateSchema: false,
    code: { source: true, esm: true },
  });
  ajv.addSchema(schema, "config");
  ajv.getSchema("config");
  return bundleModules([standalone.default(ajv, { validateConfig: "config" })]);
}
