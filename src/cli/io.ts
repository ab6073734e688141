/** An input stream. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  /** Whether a person can answer questions. */
  readonly isTTY?: boolean | undefined;
}

/** An output stream. */
export interface Output {
  write(text: string): unknown;
  /** Whether the stream is a terminal. */
  readonly isTTY?: boolean | undefined;
  /** The width of the terminal, in characters. */
  readonly columns?: number | undefined;
}

/** The command line's only access to the outside world. Tests pass their own; `bin.node.ts` passes the process. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** The time in ms since the epoch. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Aborts with an `Interrupted` when the command has to end. */
  readonly signal: AbortSignal;
  /** Aborts when the reader of the output closes it, as `| head` does. */
  readonly outputClosed: AbortSignal;
  /** The folder with the files of the page; by default the one in the package. */
  readonly pageFolder?: string | undefined;
}
