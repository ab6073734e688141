import type { JsonObject } from "../../json.js";
import { canonical } from "../canonical.js";

/** Notes on a value that do not restrict it. */
export interface Notes {
  isReadOnly: boolean;
  isWriteOnly: boolean;
  isDeprecated: boolean;
  sunset: string | undefined;
  /** As JSON. */
  defaultValue: string | undefined;
}

/** The notes of all parts. */
export function readNotes(keywords: JsonObject[]): Notes {
  const says = (name: string): boolean => keywords.some((part) => part[name] === true);
  const sunset = textsOf(keywords, "x-sunset")[0];
  const stated = keywords.find((part) => part["default"] !== undefined)?.["default"];
  return {
    isReadOnly: says("readOnly"),
    isWriteOnly: says("writeOnly"),
    isDeprecated: says("deprecated"),
    sunset,
    defaultValue: stated === undefined ? undefined : canonical(stated),
  };
}

/** The strings that the parts state for a keyword, without duplicates. */
export function textsOf(keywords: JsonObject[], name: string): string[] {
  const texts = keywords.map((part) => part[name]);
  return [...new Set(texts.filter((text): text is string => typeof text === "string"))].sort();
}
