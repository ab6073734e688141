import { SHORTEST } from "../../checks/check-secret.js";
import { createRedact, type Redact } from "../../checks/redact.js";
import type { Output } from "../io.js";

/** Keeps the values that may not be seen out of all that is written. */
export interface Shield {
  readonly hide: (value: string | undefined) => void;
  readonly redact: Redact;
  /** The same output with the values hidden in each piece that is written. */
  readonly cover: (output: Output) => Output;
}

/** A second line of defence: the client hides the same values in its errors. */
export function createShield(): Shield {
  const values = new Set<string>();
  let current = createRedact(values);
  const redact: Redact = (text) => current(text);
  return {
    hide: (value) => {
      if (value === undefined || value.length < SHORTEST) return;
      values.add(value);
      current = createRedact(values);
    },
    redact,
    cover: (output) => ({
      write: (text) => output.write(redact(text)),
      isTTY: output.isTTY,
      get columns() {
        return output.columns;
      },
    }),
  };
}
