import type { NamedOperation } from "../list-operations.js";

/** A unique JavaScript identifier for the validators of each operation. */
export function validatorNames(operations: NamedOperation[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { operationId } of operations) {
    const plain = operationId.replaceAll(/[^A-Za-z0-9_$]/g, "_").replace(/^(?=\d)/, "_");
    let name = plain;
    for (let count = 2; taken.has(name); count++) name = `${plain}_${count}`;
    taken.add(name);
    names.set(operationId, name);
  }
  return names;
}
