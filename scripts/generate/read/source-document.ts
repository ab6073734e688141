import type { JsonObject } from "../json.js";

/** A file of spec/ with the name that messages use. */
export interface SourceFile {
  name: string;
  text: string;
}

/** An OpenAPI document found in a file. */
export interface SourceDocument {
  /** The file, and in a page also the line of the opening fence: `spec/page.md:12`. */
  source: string;
  /** The name of the file, to which relative `$ref`s are relative. */
  file: string;
  content: JsonObject;
}
