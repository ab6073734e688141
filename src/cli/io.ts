/** Where text comes from. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  /** Whether a person can be asked here. */
  readonly isTTY?: boolean | undefined;
}

/** Where text goes to. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person is looking. */
  readonly isTTY?: boolean | undefined;
  /** How wide a terminal is. */
  readonly columns?: number | undefined;
}

/** All that the command line has of the world. A test makes one of its own; `bin.node.ts` that of the process. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly cwd: string;
  /** The time in ms since the epoch. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Aborts with an `Interrupted` when the command is to end. */
  readonly signal: AbortSignal;
  /** Aborts when nobody reads the output any more, as in `| head`. */
  readonly outputClosed: AbortSignal;
  /** Where the files of the page are, unless they are those of the package. */
  readonly pageFolder?: string | undefined;
}
