/** Something to wait for until a test lets it happen. */
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

/** Lets everything happen that waits for nothing but its turn. */
export function settleDown(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
