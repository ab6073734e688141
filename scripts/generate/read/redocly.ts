import {
  BaseResolver,
  bundleDocument,
  createConfig,
  lintDocument,
  ResolveError,
  Source,
  type NormalizedProblem,
} from "@redocly/openapi-core";
import { posix } from "node:path";
import { isObject, parseJson, type Json, type JsonObject } from "../json.js";
import type { SourceDocument } from "./source-document.js";

/*
 * The only file that knows Redocly's library, which openapi-typescript brings. It is slow to load, so
 * it is imported when it is needed.
 */

/** What the files of spec/ hold, by their names. */
export type FileContents = ReadonlyMap<string, Json>;

/** A document that stands alone, and the files that went into it. */
export interface Bundled {
  content: JsonObject;
  files: string[];
}

/** Takes in what `$ref`s to other files lead to; it becomes a component under its own name. */
export async function inlineFiles(
  { file, content }: SourceDocument,
  contents: FileContents,
): Promise<Bundled> {
  const resolver = createResolver(contents);
  const { styleguide } = await createConfig({});
  const { bundle, fileDependencies } = await bundleDocument({
    document: documentOf(file, content),
    config: styleguide,
    externalRefResolver: resolver,
  });
  // It works on plain JSON, and gives that back.
  const parsed = bundle.parsed as Json;
  return {
    content: isObject(parsed) ? parsed : content,
    files: [...fileDependencies].map(nameOf).filter((name) => contents.has(name)),
  };
}

/** What a document may leave out that is only a part of a reference. */
const PART: JsonObject = { info: { title: "", version: "" }, paths: {} };

/** One thing in which a document does not follow the specification. */
export interface StructureProblem {
  pointer: string;
  message: string;
  /** Whether only a validator minds: a member too many, words or a type that are missing. */
  isHarmless: boolean;
}

/** Holds a document to the specification that it names. What its `$ref`s lead to is no part of that. */
export async function checkStructure({
  file,
  content,
}: SourceDocument): Promise<StructureProblem[]> {
  const { styleguide } = await createConfig({ rules: { struct: "error" } });
  const problems = await lintDocument({
    document: documentOf(file, { ...PART, ...content }),
    config: styleguide,
    externalRefResolver: createResolver(new Map()),
  });
  return problems.filter(({ ruleId }) => ruleId === "struct").map(toStructureProblem);
}

/** What the later steps would read wrong, in the words of the library. */
const HARMFUL =
  /Expected type|can be one of the following only|at least one of|`(?:in|name)` must be present/;

function toStructureProblem({ message, location }: NormalizedProblem): StructureProblem {
  return {
    pointer: (location[0]?.pointer ?? "").replace(/^#\/?$|^#/, ""),
    message: message.replace(/\.?\s*$/, ""),
    isHarmless: !HARMFUL.test(message),
  };
}

/** Finds files by the names that they have in spec/, and nothing on a disk or a network. */
function createResolver(contents: FileContents): BaseResolver {
  const resolver = new BaseResolver();
  resolver.resolveExternalRef = (base, ref) =>
    posix.resolve(posix.dirname(base ?? "/"), decode(ref));
  resolver.loadExternalRef = (path) => {
    const found = contents.get(nameOf(path));
    if (found !== undefined) return Promise.resolve(sourceOf(path, found));
    return Promise.reject(new ResolveError(new Error(`there is no file ${nameOf(path)}`)));
  };
  return resolver;
}

/** A reference is an address, in which a space is written `%20`. */
function decode(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}

function documentOf(file: string, content: JsonObject): { source: Source; parsed: Json } {
  const source = sourceOf(`/${file}`, content);
  return { source, parsed: parseJson(source.body) };
}

function sourceOf(path: string, content: Json): Source {
  return new Source(path, JSON.stringify(content), "application/json");
}

function nameOf(path: string): string {
  return path.slice(1);
}
