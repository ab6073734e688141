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
    return addComments(astToString(nodes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(`${name} cannot be converted to types: ${reason}`, { cause: error });
  }
}

/** What each of the interfaces is that openapi-typescript exports. */
const COMMENTS = {
  paths: "The paths of the OpenAPI document, as a client of openapi-fetch takes them.",
  webhooks: "The deliveries of the OpenAPI document, by the names of their events.",
  components: 'The parts of the OpenAPI document by name, such as `components["schemas"]`.',
  operations: "The operations of the OpenAPI document by their `operationId`.",
};

function addComments(code: string): string {
  return code.replace(
    /^export interface (paths|webhooks|components|operations) \{$/gm,
    (line, name: keyof typeof COMMENTS) => `/** ${COMMENTS[name]} */\n${line}`,
  );
}
