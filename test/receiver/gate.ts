/** A promise to wait for, which a test settles when it wants. */
export interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
  readonly fail: (error: unknown) => void;
}

export function createGate(): Gate {
  let open: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { passed, open, fail };
}

/** Runs everything that only waits for its turn. */
export function settleDown(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
