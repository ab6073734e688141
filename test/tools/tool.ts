/** A compiler, a test runner, a bundler or a framework, and a project that uses the package in it. */
export interface Tool {
  readonly name: string;
  /** Those that are pinned. */
  readonly version: string;
  /** The folder whose `package.json` and `package-lock.json` pin it, from here. */
  readonly pinned: string;
  /** Whether it is left out unless it is asked for, since it takes long. */
  readonly isSlow: boolean;
  /** What the project has besides the files of its folder: texts by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** What is done in the project, with Node. */
export type Step = ProgramStep | ServerStep;

/** A program that must end with code 0. */
export interface ProgramStep {
  /** The program, from the folder of the project, and its arguments. */
  readonly run: readonly string[];
  /** Its last line on stdout, if that matters. */
  readonly prints?: string;
}

/** A server that prints where it listens, and that must take what is signed and nothing else. */
export interface ServerStep {
  /** The program, from the folder of the project, and its arguments. */
  readonly serve: readonly string[];
  readonly path: string;
}
