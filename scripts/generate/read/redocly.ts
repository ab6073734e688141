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
 * The only file that uses Redocly's library, a dependency of openapi-typescript. It is slow to load,
 * so other files import this one only when they need it.
 */

/** The contents of the files of spec/ by name. */
export type FileContents = ReadonlyMap<string, Json>;

/** A self-contained document, and the files that were inlined into it. */
export interface Bundled {
  content: JsonObject;
  files: string[];
}

/** Inlines the targets of `$ref`s to other files; each becomes a component with its own name. */
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
  // The input is plain JSON, so the result is too.
  const parsed = bundle.parsed as Json;
  return {
    content: isObject(parsed) ? parsed : content,
    files: [...fileDependencies].map(nameOf).filter((name) => contents.has(name)),
  };
}

/** The members that a document may omit if it is a part of a larger reference. */
const PART: JsonObject = { info: { title: "", version: "" }, paths: {} };

/** A place where a document does not follow the specification. */
export interface StructureProblem {
  pointer: string;
  message: string;
  /** Whether only a validator objects: to an extra member, or to a missing text or type. */
  isHarmless: boolean;
}

/** Checks a document against the version of OpenAPI that it names; does not follow its `$ref`s. */
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

/** The library's messages for errors that would mislead later steps. */
const HARMFUL =
  /Expected type|can be one of the following only|at least one of|`(?:in|name)` must be present/;

function toStructureProblem({ message, location }: NormalizedProblem): StructureProblem {
  return {
    pointer: (location[0]?.pointer ?? "").replace(/^#\/?$|^#/, ""),
    message: message.replace(/\.?\s*$/, ""),
    isHarmless: !HARMFUL.test(message),
  };
}

/** Finds files by their names in spec/. It never reads from disk or network. */
function createResolver(contents: FileContents): BaseResolver {
  const resolver = new BaseResolver();
  resolver.resolveExternalRef = (base, ref) =>
    posix.resolve(posix.dirname(base ?? "/"), decode(ref));
  resolver.loadExternalRef = (path) => {
    const found = contents.get(nameOf(path));
    if (found !== undefined) return Promise.resolve(sourceOf(path, found));
    return Promise.reject(new ResolveError(new Error(`${nameOf(path)} does not exist`)));
  };
  return resolver;
}

/** A reference is a URL, in which a space is written `%20`. */
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
