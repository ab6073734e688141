import { GenerateError } from "../generate-error.js";
import type { Problems } from "../problems.js";
import { decodeText } from "./decode-text.js";
import { findInMarkdown, type Found } from "./markdown-documents.js";
import { parseJsonText } from "./parse-json-text.js";
import { parseYamlText } from "./parse-yaml-text.js";
import type { RawFile } from "./read-folder.js";

/** The values in a file: one for each OpenAPI document on a page, or all values of a data file. */
export function parseFile(file: RawFile, problems: Problems): Found[] {
  const { name, text } = decodeText(file);
  const origin = { name, linesBefore: 0 };
  if (/\.(?:md|mdx|markdown)$/i.test(name)) return findInMarkdown({ name, text }, problems);
  if (/\.json$/i.test(name)) return [{ source: name, value: parseJsonText(text, origin) }];
  if (/\.ya?ml$/i.test(name)) {
    return parseYamlText(text, origin).map((value) => ({ source: name, value }));
  }
  throw new GenerateError(
    `${name} cannot be used: expected Markdown (.md) or an OpenAPI document (.json, .yaml); ` +
      `save it in one of these formats, or move it out of spec/.`,
  );
}
