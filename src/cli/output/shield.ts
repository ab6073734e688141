import { SHORTEST } from "../../checks/check-secret.js";
import { createRedact, type Redact } from "../../checks/redact.js";
import type { Output } from "../io.js";

/** Redacts known secrets in all output. */
export interface Shield {
  readonly hide: (value: string | undefined) => void;
  readonly redact: Redact;
  /** Wraps an output so that each written text is redacted. */
  readonly cover: (output: Output) => Output;
}

/** Creates a shield, as a second line of defence: the client also redacts its errors. */
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
