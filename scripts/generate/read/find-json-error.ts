/** Where a text stops being JSON, and what should stand there. */
export interface JsonError {
  offset: number;
  expected: string;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Finds the first error of a text that is not JSON. `JSON.parse` words its errors differently in
 * every release of V8 and often leaves the position out.
 */
export function findJsonError(text: string): JsonError | undefined {
  let offset = 0;

  try {
    value();
    if (!atEnd()) fail("the end of the block");
    return undefined;
  } catch (error) {
    if (error instanceof Misfit) return { offset, expected: error.message };
    throw error;
  }

  function value(): void {
    if (takes("{")) members("}", member);
    else if (takes("[")) members("]", value);
    else if (!matches(STRING) && !matches(SCALAR)) fail("a JSON value");
  }

  function members(end: string, one: () => void): void {
    if (takes(end)) return;
    do one();
    while (takes(","));
    if (!takes(end)) fail(`"," or "${end}"`);
  }

  function member(): void {
    if (!matches(STRING)) fail("a property name in double quotes");
    if (!takes(":")) fail(`":"`);
    value();
  }

  function takes(mark: string): boolean {
    matches(SPACE);
    if (!text.startsWith(mark, offset)) return false;
    offset += mark.length;
    return true;
  }

  function matches(pattern: RegExp): boolean {
    if (pattern !== SPACE) matches(SPACE);
    pattern.lastIndex = offset;
    if (!pattern.test(text)) return false;
    offset = pattern.lastIndex;
    return true;
  }

  function atEnd(): boolean {
    matches(SPACE);
    return offset === text.length;
  }

  function fail(expected: string): never {
    matches(SPACE);
    throw new Misfit(expected);
  }
}

class Misfit extends Error {}
