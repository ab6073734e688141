import { objectAt, type JsonObject } from "../json.js";
import { tokenHeader } from "../security.js";
import type { ValidationSchemas } from "./validation-schemas.js";

/** The operations as a table for programs that serve them. */
export function emitOperations(document: JsonObject, schemas: ValidationSchemas[]): string {
  const hasValidators = schemas.some(({ params, body }) => params ?? body);
  const rows = schemas.map((row) => emitRow(document, row));
  return `
import type { operations } from "./openapi.js";
${hasValidators ? IMPORT : ""}
${TYPES}
${hasValidators ? TYPED : ""}
/** Every operation of the API under its operationId. */
export const OPERATIONS = { ${rows.join("\n")} } as const satisfies Record<
  keyof operations, OperationDescription
>;
`;
}

const IMPORT = `import * as validators from "./validators.js";\n`;

const TYPED = `
// They are plain JavaScript, of which TypeScript sees too little to know their errors.
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

/** Checks a value. After \`false\`, \`errors\` says why, until the next call. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

export interface OperationDescription {
  /** In capitals, as in \`Request.method\`. */
  method: string;
  /** With its parameters in braces. */
  path: string;
  /** The status of a successful answer. */
  status: number;
  /** The request header that must carry the token; null where none is needed. */
  tokenHeader: string | null;
  /**
   * Checks \`{ path: {...}, query: {...} }\` as strings from the URL; turns them into what the API
   * takes, in place. null where the operation has no such parameter.
   */
  params: Validate | null;
  /** Checks the JSON body; null where the operation takes none. */
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

/** The first 2xx that is stated; 200 where there is only "2XX" or "default". */
function successStatus(definition: JsonObject): number {
  const stated = Object.keys(objectAt(definition, "responses"));
  return Number(stated.find((status) => /^2\d\d$/.test(status)) ?? 200);
}
