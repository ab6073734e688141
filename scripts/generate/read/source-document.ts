import type { JsonObject } from "../json.js";

/** A file of spec/ under the name that messages give it. */
export interface SourceFile {
  name: string;
  text: string;
}

/** An OpenAPI document found in a file. */
export interface SourceDocument {
  /** The file, and on a page the line of the fence that opens the block: `spec/page.md:12`. */
  source: string;
  /** The name of the file, which relative `$ref`s are seen from. */
  file: string;
  content: JsonObject;
}
