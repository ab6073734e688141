/** Each rewrites the output of `JSON.stringify` the way the encoder of a language or framework does. */
export const JSON_SPELLINGS = {
  javascript: (json: string): string => json,
  // ActiveSupport escapes the characters that could end a script in HTML.
  rails: (json: string): string => json.replace(/[<>&\u2028\u2029]/g, escape),
  // `json_encode` without flags.
  php: (json: string): string => json.replaceAll("/", "\\/").replace(/[\u0080-\uffff]/g, escape),
  // `json.dumps` with its defaults.
  python: (json: string): string =>
    json.replace(STRING_OR_SEPARATOR, addSpace).replace(/[\u007f-\uffff]/g, escape),
};

/** Matches strings as a whole, so that separators inside a string are not matched. */
const STRING_OR_SEPARATOR = /"(?:[^"\\]|\\.)*"|[,:]/g;

function addSpace(part: string): string {
  return part === "," || part === ":" ? `${part} ` : part;
}

function escape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
