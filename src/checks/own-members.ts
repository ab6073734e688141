/**
 * Copies the own members of an object into one without a prototype, so that a polluted
 * `Object.prototype` cannot set an option.
 */
export function ownMembers<T extends object>(object: T): T {
  // Most calls have no options, and an object without a prototype is slow to make.
  if (Object.keys(object).length === 0) return NONE as T;
  const copy: object = Object.create(null) as object;
  return Object.assign<object, T>(copy, object);
}

const NONE = Object.freeze<object>(Object.create(null) as object);
