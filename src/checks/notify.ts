/**
 * Calls an observer synchronously. A faulty observer must not change what it observes, so its errors and
 * rejections are ignored.
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
