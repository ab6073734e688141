/**
 * Tells an observer at once. A mistake of an observer must not change what it observes, so what it
 * throws, now or later, is its own affair.
 */
export function notify<Told extends readonly unknown[]>(
  observer: ((...told: Told) => unknown) | undefined,
  ...told: Told
): void {
  if (!observer) return;
  const tell = async (): Promise<void> => {
    await observer(...told);
  };
  tell().catch(() => undefined);
}
