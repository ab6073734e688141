import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { GenerateError } from "../generate-error.js";
import { bundleModules } from "./bundle-modules.js";
import { isObject, objectAt, valueAt, type JsonObject } from "../json.js";
import { jsonContent } from "../operation-parts.js";
import { resolveRef } from "../resolve-ref.js";
import { DOCUMENT_ID, convertNamed, toJsonSchema } from "./to-json-schema.js";
import type { NamedSchema, ValidationSchemas } from "./validation-schemas.js";

/** Compiled validators: plain code that needs neither the library nor `eval` at run time. */
export async function emitValidators(
  document: JsonObject,
  schemas: ValidationSchemas[],
): Promise<string> {
  const params = schemas.flatMap((one) => one.params ?? []);
  const bodies = schemas.flatMap((one) => one.body ?? []);
  return bundleModules([
    // Parameters are strings from the URL; a body must already have the right types.
    compile(document, params, { coerceTypes: "array", allErrors: true }),
    compile(document, bodies, { coerceTypes: false, allErrors: true }),
  ]);
}

/** Compiled validators for the bodies of deliveries by event name; they stop at the first error. */
export async function emitEventValidators(document: JsonObject): Promise<string> {
  const events = Object.entries(objectAt(document, "webhooks")).map(([event, webhook], index) => {
    const body = resolveRef(document, valueAt(webhook, "post", "requestBody"));
    const schema = toJsonSchema(jsonContent(objectAt(body, "content")) ?? {});
    return { event, name: `event${index}`, schema: isObject(schema) ? schema : {} };
  });
  const code = compile(document, events, {
    coerceTypes: false,
    allErrors: false,
    // Otherwise each event would have its own copy of the schemas that events share.
    inlineRefs: false,
  });
  const rows = events.map(({ event, name }) => `${JSON.stringify(event)}: ${name}`);
  return bundleModules([`${code}\nexport const EVENT_VALIDATORS = { ${rows.join(", ")} };`]);
}

function compile(
  document: JsonObject,
  schemas: NamedSchema[],
  options: { coerceTypes: false | "array"; allErrors: boolean; inlineRefs?: false },
): string {
  const ajv = new Ajv({
    ...options,
    strict: false,
    // The documents were checked when they were read, and this check is slow.
    validateSchema: false,
    // The vendor may use formats that the library does not know; do not warn about them.
    logger: false,
    code: { source: true, esm: true },
  });
  formats.default(ajv);
  const converted = convertNamed(objectAt(document, "components", "schemas"));
  const components = { ...objectAt(document, "components"), schemas: converted };
  ajv.addSchema({ ...document, components, $id: DOCUMENT_ID });
  for (const { name, schema } of schemas) compileOne(ajv, name, schema);
  const exports = schemas.map(({ name }): [string, string] => [name, name]);
  return standalone.default(ajv, Object.fromEntries(exports));
}

function compileOne(ajv: Ajv, name: string, schema: JsonObject): void {
  try {
    ajv.addSchema(schema, name);
    ajv.getSchema(name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(`The validator ${name} cannot be compiled: ${reason}`, {
      cause: error,
    });
  }
}
