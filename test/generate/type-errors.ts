import { join } from "node:path";
import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  types: [],
};

/** The errors that the TypeScript compiler finds in files of a folder. */
export function typeErrors(folder: string, names: string[]): string[] {
  const program = ts.createProgram(
    names.map((name) => join(folder, name)),
    OPTIONS,
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    return `${file?.fileName ?? folder}: ${message}`;
  });
}
