import { objectAt, type JsonObject } from "../json.js";
import { tokenHeader } from "../security.js";
import type { ValidationSchemas } from "./validation-schemas.js";

/** The operations as a table, for servers. */
export function emitOperations(document: JsonObject, schemas: ValidationSchemas[]): string {
  const hasValidators = schemas.some(({ params, body }) => params ?? body);
  const rows = schemas.map((row) => emitRow(document, row));
  return `
import type { operations } from "./openapi.js";
${hasValidators ? IMPORT : ""}
${TYPES}
${hasValidators ? TYPED : ""}
/** Every operation of the API by its operationId. */
export const OPERATIONS = { ${rows.join("\n")} } as const satisfies Record<
  keyof operations, OperationDescription
>;
`;
}

const IMPORT = `import * as validators from "./validators.js";\n`;

const TYPED = `
// They are plain JavaScript, in which TypeScript cannot see the type of \`errors\`.
const validate: Record<keyof typeof validators, Validate> = validators;
`;

const TYPES = `/** One reason why a value is not valid. */
export interface ValidationError {
  /** The rule that the value breaks, such as "required" or "type". */
  keyword: string;
  /** JSON pointer to the offending part of the value; "" is the value itself. */
  instancePath: string;
  message?: string;
  /** Details of the rule, such as \`missingProperty\`. */
  params: Record<string, unknown>;
}

/** Checks a value. After \`false\`, \`errors\` holds the reasons until the next call. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

export interface OperationDescription {
  /** In capitals, as in \`Request.method\`. */
  method: string;
  /** With its parameters in braces. */
  path: string;
  /** The status of a successful response. */
  status: number;
  /** The request header that must carry the token; null if none is needed. */
  tokenHeader: string | null;
  /**
   * Checks \`{ path: {...}, query: {...} }\`, whose values are strings from the URL, and converts
   * them in place to the types of the API; null if the operation has no such parameters.
   */
  params: Validate | null;
  /** Checks the JSON body; null if the operation takes none. */
  body: Validate | null;
}
`;

function emitRow(document: JsonObject, { operation, params, body }: ValidationSchemas): string {
  const { operationId, method, path, definition } = operation;
  return `${JSON.stringify(operationId)}: {
    method: ${JSON.stringify(method.toUpperCase())},
    path: ${JSON.stringify(path)},
    status: ${successStatus(definition)},
    tokenHeader: ${JSON.stringify(tokenHeader(document, definition))},
    params: ${params ? `validate.${params.name}` : "null"},
    body: ${body ? `validate.${body.name}` : "null"},
  },`;
}

/** The first 2xx status; 200 if there is only "2XX" or "default". */
function successStatus(definition: JsonObject): number {
  const stated = Object.keys(objectAt(definition, "responses"));
  return Number(stated.find((status) => /^2\d\d$/.test(status)) ?? 200);
}
