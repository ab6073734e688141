/**
 * Copies the own members of an object into one without a prototype, so that a polluted
 * `Object.prototype` cannot set an option.
 */
export function ownMembers<T extends object>(object: T): T {
  const copy: object = Object.create(null) as object;
  return Object.assign<object, T>(copy, object);
}
