import { arrayAt, objectAt, type Json } from "../../json.js";
import type { Part } from "./gather-parts.js";

/** A member of an object, listed in `properties`, in `required` or in both. */
export interface Property {
  schemas: Json[];
  /** The component that lists it. */
  owner: string | undefined;
  isRequired: boolean;
  /** The component that requires it. */
  requiredBy: string | undefined;
}

/** The members that the parts list or require. */
export function readProperties(parts: Part[]): Map<string, Property> {
  const properties = new Map<string, Property>();
  const propertyAt = (name: string, owner: string | undefined): Property =>
    properties.get(name) ?? { schemas: [], owner, isRequired: false, requiredBy: undefined };
  for (const { keywords, owner } of parts) {
    for (const [name, schema] of Object.entries(objectAt(keywords, "properties"))) {
      const { schemas, ...property } = propertyAt(name, owner);
      properties.set(name, { ...property, schemas: [...schemas, schema] });
    }
  }
  for (const { keywords, owner } of parts) {
    for (const name of arrayAt(keywords, "required")) {
      if (typeof name !== "string") continue;
      properties.set(name, { ...propertyAt(name, owner), isRequired: true, requiredBy: owner });
    }
  }
  return properties;
}
