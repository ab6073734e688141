import { isScalar, LineCounter, parseAllDocuments, type Document } from "yaml";
import { GenerateError } from "../generate-error.js";
import { parseJson, type Json } from "../json.js";
import type { Origin } from "./parse-json-text.js";

/**
 * Parses the documents of a YAML text; aliases become copies. Throws a `GenerateError` if one is not
 * YAML 1.2, repeats a name in one mapping, or holds a value that JSON cannot represent.
 */
export function parseYamlText(text: string, origin: Origin): Json[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    ...{ lineCounter, prettyErrors: false, merge: true },
    // As members of an object, 200 and "200" are the same.
    uniqueKeys: (a, b) => isScalar(a) && isScalar(b) && String(a.value) === String(b.value),
  });
  // For a text without a document the library returns an empty list with extra members.
  return [...documents].map((document) => {
    const [error] = [...document.errors, ...document.warnings];
    if (error) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      throw new GenerateError(
        `${origin.name} is not YAML: at line ${origin.linesBefore + line}, column ${col}: ` +
          error.message.replace(/\.?$/, "."),
      );
    }
    return toJson(document, origin);
  });
}

function toJson(document: Document.Parsed, origin: Origin): Json {
  try {
    return parseJson(JSON.stringify(document.toJS() ?? null, refuseOther));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1).join("") : String(error);
    const message = `${origin.name} holds a value that JSON cannot represent: ${reason}.`;
    throw new GenerateError(message, { cause: error });
  }
}

function refuseOther(name: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`the value of ${JSON.stringify(name)} is ${value}`);
  }
  return value;
}
