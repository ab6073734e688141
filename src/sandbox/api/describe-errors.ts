import type { ValidationError } from "../../../generated/operations.js";

/** Describes each error of a validator in words, without repeating the invalid values. */
export function describeErrors(errors: readonly ValidationError[] | null | undefined): string[] {
  return (errors ?? []).map(describeError);
}

function describeError({ keyword, instancePath, message, params }: ValidationError): string {
  const missing = params["missingProperty"];
  if (keyword === "required" && typeof missing === "string") {
    return `${toName(`${instancePath}/${missing}`)} is required`;
  }
  const allowed = params["allowedValues"];
  if (keyword === "enum" && Array.isArray(allowed)) {
    return `${toName(instancePath)} must be one of ${allowed.join(", ")}`;
  }
  const type = params["type"];
  if (keyword === "type" && typeof type === "string") {
    return `${toName(instancePath)} must be ${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
  }
  return `${toName(instancePath)} ${message ?? "is not valid"}`;
}

/** Turns a JSON pointer into a readable path: "/a/events/0" becomes "a.events[0]". */
function toName(pointer: string): string {
  if (pointer === "") return "the body";
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : `${name}.${part}`));
}
