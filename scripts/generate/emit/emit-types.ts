import { GenerateError } from "../generate-error.js";
import type { JsonObject } from "../json.js";

/** The TypeScript types of an OpenAPI document. The only file that knows openapi-typescript. */
export async function emitTypes(document: JsonObject, name: string): Promise<string> {
  // It brings the whole TypeScript compiler: a run that fails before this point answers at once.
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  try {
    // It writes into the document that it is given. Passed as text, it cannot.
    const nodes = await openapiTS(JSON.stringify(document), {
      defaultNonNullable: false,
      silent: true,
    });
    return astToString(nodes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(`${name} cannot be turned into types: ${reason}`, { cause: error });
  }
}
