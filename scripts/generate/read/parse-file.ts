import { GenerateError } from "../generate-error.js";
import type { Problems } from "../problems.js";
import { decodeText } from "./decode-text.js";
import { findInMarkdown, type Found } from "./markdown-documents.js";
import { parseJsonText } from "./parse-json-text.js";
import { parseYamlText } from "./parse-yaml-text.js";
import type { RawFile } from "./read-folder.js";

/** What a file holds: a value for each document of OpenAPI on a page, or all values of a data file. */
export function parseFile(file: RawFile, problems: Problems): Found[] {
  const { name, text } = decodeText(file);
  const origin = { name, linesBefore: 0 };
  if (/\.(?:md|mdx|markdown)$/i.test(name)) return findInMarkdown({ name, text }, problems);
  if (/\.json$/i.test(name)) return [{ source: name, value: parseJsonText(text, origin) }];
  if (/\.ya?ml$/i.test(name)) {
    return parseYamlText(text, origin).map((value) => ({ source: name, value }));
  }
  throw new GenerateError(
    `${name} is of no use here: expected Markdown (.md) or OpenAPI documents (.json, .yaml). ` +
      `Save it in one of these forms, or move it out of spec/.`,
  );
}
