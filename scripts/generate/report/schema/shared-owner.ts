import type { Schema } from "./create-schemas.js";

/** The component that something belongs to in both documents; one of them may inline it. */
export function sharedOwner(
  before: string | undefined,
  after: string | undefined,
): string | undefined {
  if (before === undefined || after === undefined) return after ?? before;
  return before === after ? after : undefined;
}

/** The component that something belonged to, unless the other schema consists of other components. */
export function ownerBeside(owner: string | undefined, { parts }: Schema): string | undefined {
  const owners = parts.flatMap((part) => part.owner ?? []);
  return owner === undefined || owners.length === 0 || owners.includes(owner) ? owner : undefined;
}
