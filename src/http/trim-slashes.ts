/** Removes the slashes at the end, in linear time. */
export function trimSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === "/") end--;
  return path.slice(0, end);
}
