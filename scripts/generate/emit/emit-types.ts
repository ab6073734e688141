import { GenerateError } from "../generate-error.js";
import type { JsonObject } from "../json.js";

/** The TypeScript types of an OpenAPI document. This is the only file that uses openapi-typescript. */
export async function emitTypes(document: JsonObject, name: string): Promise<string> {
  // It loads the whole TypeScript compiler, so a run that fails earlier should not import it.
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  try {
    // It changes an object that it is given, so it gets the document as text.
    const nodes = await openapiTS(JSON.stringify(document), {
      defaultNonNullable: false,
      silent: true,
    });
    return astToString(nodes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(`${name} cannot be converted to types: ${reason}`, { cause: error });
  }
}
