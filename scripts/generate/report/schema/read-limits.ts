import type { JsonObject } from "../../json.js";

/** One limit of a value. */
export interface Limit {
  value: number;
  /** Whether the value itself is out of bounds. */
  isExclusive: boolean;
}

/** The name of each limit in rules, its keyword, and the type that it applies to. */
export const LIMITS = {
  max: { keyword: "maximum", type: "number", isUpper: true },
  min: { keyword: "minimum", type: "number", isUpper: false },
  "max-length": { keyword: "maxLength", type: "string", isUpper: true },
  "min-length": { keyword: "minLength", type: "string", isUpper: false },
  "max-items": { keyword: "maxItems", type: "array", isUpper: true },
  "min-items": { keyword: "minItems", type: "array", isUpper: false },
  "max-properties": { keyword: "maxProperties", type: "object", isUpper: true },
  "min-properties": { keyword: "minProperties", type: "object", isUpper: false },
} as const satisfies Record<string, { keyword: string; type: string; isUpper: boolean }>;

export type LimitName = keyof typeof LIMITS;

export const LIMIT_NAMES = Object.keys(LIMITS).filter((name): name is LimitName => name in LIMITS);

export interface Limits {
  bounds: Partial<Record<LimitName, Limit>>;
  /** Each value is a multiple of all of these. */
  multiplesOf: number[];
  hasUniqueItems: boolean;
}

/** The strictest limits of all parts. */
export function readLimits(keywords: JsonObject[], types: ReadonlySet<string> | undefined): Limits {
  const isInteger = types?.size === 1 && types.has("integer");
  const bounds: Limits["bounds"] = {};
  for (const name of LIMIT_NAMES) {
    const stated = keywords.flatMap((part) => statedLimits(part, name));
    const strictest = stated.reduce<Limit | undefined>(
      (first, second) => (first && isStricter(first, second, name) ? first : second),
      undefined,
    );
    if (strictest) bounds[name] = isInteger ? toInclusive(strictest, name) : strictest;
  }
  const multiples = keywords.map((part) => part["multipleOf"]).filter(isNumber);
  return {
    bounds,
    multiplesOf: [...new Set(multiples)].filter((multiple) => !(isInteger && multiple === 1)),
    hasUniqueItems: keywords.some((part) => part["uniqueItems"] === true),
  };
}

/** Whether the first limit excludes more values than the second. */
export function isStricter(first: Limit, second: Limit, name: LimitName): boolean {
  if (first.value === second.value) return first.isExclusive && !second.isExclusive;
  return first.value < second.value === LIMITS[name].isUpper;
}

const EXCLUSIVE = { max: "exclusiveMaximum", min: "exclusiveMinimum" } as const;

/** OpenAPI 3.0 marks a bound as exclusive with a boolean; in 3.1 the keyword holds the bound. */
function statedLimits(part: JsonObject, name: LimitName): Limit[] {
  const value = part[LIMITS[name].keyword];
  const exclusive = name === "max" || name === "min" ? part[EXCLUSIVE[name]] : undefined;
  const isVoid = value === 0 && name !== "max" && name.startsWith("min-");
  return [
    ...(isNumber(value) && !isVoid ? [{ value, isExclusive: exclusive === true }] : []),
    ...(isNumber(exclusive) ? [{ value: exclusive, isExclusive: true }] : []),
  ];
}

/** The inclusive form of a limit for integers, where `> 1` means `>= 2`. */
function toInclusive({ value, isExclusive }: Limit, name: LimitName): Limit {
  if (LIMITS[name].isUpper) {
    const isOpen = isExclusive && Number.isInteger(value);
    return { value: isOpen ? value - 1 : Math.floor(value), isExclusive: false };
  }
  const isOpen = isExclusive && Number.isInteger(value);
  return { value: isOpen ? value + 1 : Math.ceil(value), isExclusive: false };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}
