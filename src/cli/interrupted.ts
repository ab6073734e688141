/** The reason of an abort by SIGINT or SIGTERM. */
export class Interrupted extends Error {
  /** The shell convention: 128 plus the number of the signal. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`interrupted by ${signal}`);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

Interrupted.prototype.name = "Interrupted";
