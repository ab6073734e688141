import { statSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/**
 * Compiles a project again and again, as `tsc` does, but keeps what has not changed since the last time.
 *
 * @returns a function that returns the files in which the compiler finds errors, in its order.
 */
export function createCompiler(folder: string): () => string[] {
  const parsed = new Map<string, { readonly time: number; readonly file: ts.SourceFile }>();
  let builder: ts.SemanticDiagnosticsBuilderProgram | undefined;

  return () => {
    const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(folder, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
      ts.sys,
      folder,
    );
    const disk = ts.createIncrementalCompilerHost(options);
    const getSourceFile: ts.CompilerHost["getSourceFile"] = (name, ...rest) => {
      const time = statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const known = parsed.get(name);
      if (known?.time === time) return known.file;
      const file = disk.getSourceFile(name, ...rest);
      if (file) parsed.set(name, { time, file });
      return file;
    };
    const host = { ...disk, getSourceFile };
    builder = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, builder, errors);
    const found = [
      ...builder.getConfigFileParsingDiagnostics(),
      ...builder.getSyntacticDiagnostics(),
      ...builder.getGlobalDiagnostics(),
      ...builder.getSemanticDiagnostics(),
    ];
    const files = found.map(({ file }) =>
      file ? relative(folder, file.fileName) : "tsconfig.json",
    );
    return [...new Set(files)].sort();
  };
}
