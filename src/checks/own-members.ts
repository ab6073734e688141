/**
 * A copy of an object with its own members alone, and no prototype: whatever somebody has put into
 * `Object.prototype` is no option.
 */
export function ownMembers<T extends object>(object: T): T {
  const copy: object = Object.create(null) as object;
  return Object.assign<object, T>(copy, object);
}
