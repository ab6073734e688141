/** A compiler, a test runner, a bundler or a framework, and a project that uses the package in it. */
export interface Tool {
  readonly name: string;
  /** The pinned version, or several. */
  readonly version: string;
  /** The folder with the `package.json` and `package-lock.json` of the project, relative to this file. */
  readonly pinned: string;
  /** Whether it runs only with `--all` or `--only`. */
  readonly isSlow: boolean;
  /** Files that the project has in addition to those of its folder: texts by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A process of Node in the project. */
export type Step = ProgramStep | ServerStep;

/** A program, which must end with code 0. */
export interface ProgramStep {
  /** The path of the program in the project, and its arguments. */
  readonly run: readonly string[];
  /** The last line that it must print on stdout; without it, any. */
  readonly prints?: string;
}

/** A server that prints its address, and that must accept only signed deliveries. */
export interface ServerStep {
  /** The path of the program in the project, and its arguments. */
  readonly serve: readonly string[];
  /** The path of the webhook URL. */
  readonly path: string;
}
