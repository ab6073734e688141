/** An answer whose body holds rows of a list. */
export interface Answered {
  /** The body, with the rows under the key `list`. */
  readonly envelope: Readonly<Record<string, unknown>>;
  readonly list: string;
  readonly headers: Headers;
  /** The number of rows in the answer. */
  readonly rows: number;
  /** The requested page, and the number of pages that can be followed; 1 of 1 if the list has no pages. */
  readonly page: number;
  readonly pages: number;
}

/** The number of rows on all pages, and the field that says so. */
export interface Total {
  readonly field: string;
  readonly number: number;
}

/** The signs in an answer about its list. */
export interface Signs {
  /** The path or header that suggests an incomplete list. */
  readonly more: { readonly field: string; readonly expected: string } | undefined;
  readonly total: Total | undefined;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** A name is about the list if all its words are here; any other name may be about something else. */
const ABOUT_LISTS = words(
  "x wp n is has have are there of the in list page pages paging pagination paginated per size limit max total totals count counts number num current index offset skip next last more no partial truncated incomplete remaining continue continuation cursor cursors after token link links url uri href rel label id key value result results item items record records row rows entry entries element elements object objects webhook webhooks subscription subscriptions all found showing shown returned range content done complete completed finished available meta metadata data odata start starting end status state",
);
/** A value under such a name is about something else. */
const ELSEWHERE = words(
  "rate ratelimit limits quota usage retry request requests account user credits deliveries events message messages stats warning warnings error errors",
);
const BACK = words("prev previous before first self");
const AHEAD = words(
  "next more partial truncated incomplete remaining continue continuation cursor cursors after token",
);
const DONE = words("done complete completed finished last all");
const COUNTS = words(
  "total totals count counts results found items records rows all subscriptions",
);
/** Words that show that a name counts rows instead of pages. */
const ROWS = words("results items records rows elements entries objects subscriptions webhooks");
const NO: ReadonlySet<unknown> = new Set([null, false, 0, "", "0", "false", "no", "none", "null"]);

/** A cache of the words of names, because most answers have the same headers. */
const known = new Map<string, readonly string[]>();

/** The size of the cache: more than the names that a normal server sends. */
const MAX_KNOWN = 200;

function wordsOf(name: string): readonly string[] {
  const found = known.get(name);
  if (found) return found;
  const split = splitName(name);
  if (known.size < MAX_KNOWN && name.length < 50) known.set(name, split);
  return split;
}

/** The words of `has_more`, `hasMore`, `HAS-MORE`, and of names that headers write as one, as `totalpages`. */
function splitName(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/(total|has|next|per|page)(pages?|count|more|cursor|size)\b/g, "$1 $2")
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
}

interface Node {
  readonly field: string;
  readonly value: unknown;
  /** The words of its name and of the names around it. */
  readonly said: readonly string[];
}

/**
 * Looks for signs that a list continues, in every header and in the whole body except the rows, at any
 * depth.
 *
 * If a name is about lists, its value decides. `next`, `has_more`, a cursor and the like must say no, and
 * `complete` must say yes. A number of rows must be the number of rows received, a number of pages must be
 * 1, and an offset must be 0. A page that is as long as its `limit`, or that is `page: 1` of an unknown
 * number, counts as complete only if another sign says so: an equal total, a false `has_more`, or one page.
 */
export function findSigns(answered: Answered): Signs {
  const { envelope, list, headers, rows, page, pages } = answered;
  const isPaged = page > 1 || pages > 1;
  let clear: Signs["more"];
  let full: Signs["more"];
  let vague: Signs["more"];
  let total: Total | undefined;
  let [isWhole, isShort] = [false as boolean, false as boolean];
  const refuse = (field: string, expected: string): void => {
    clear ??= {
      field,
      expected: `${expected}; otherwise this is only a part of the list, so the client does not act on it`,
    };
  };
  const doubt = (field: string): Signs["more"] => ({
    field,
    expected:
      "next to a total or a false has_more; this may be only a part of the list, so the client does not act on it",
  });

  const nodes: Node[] = [];
  const add = (
    name: string,
    value: unknown,
    field: string,
    around: readonly string[] = [],
  ): void => {
    const own = wordsOf(name);
    if (own.some((word) => ELSEWHERE.has(word) || BACK.has(word))) return;
    const isObject = typeof value === "object" && value !== null;
    const isAbout = own.every((word) => ABOUT_LISTS.has(word));
    if (isAbout) nodes.push({ field, value, said: [...around, ...own] });
    else if (isObject) nodes.push({ field, value, said: [] });
  };
  for (const [name, value] of Object.entries(envelope)) if (name !== list) add(name, value, name);
  headers.forEach((value, name) => {
    add(name, value.startsWith("{") ? parse(value) : value, name);
  });

  // The array grows during the loop. Recursion could overflow the stack, because a body may be nested deeply.
  for (const { field, value, said } of nodes) {
    if (typeof value === "object" && value !== null) {
      // Elements of other lists are not about this list.
      if (Array.isArray(value) && !said.some((word) => word === "links" || word === "link")) {
        if (said.some((word) => AHEAD.has(word))) weigh(field, value.length, said);
        continue;
      }
      const { rel, label } = value as Readonly<Record<string, unknown>>;
      const isNext = wordsOf([rel, label].join(" ")).includes("next");
      for (const [name, member] of Object.entries(value)) {
        const path = Array.isArray(value) ? `${field}[${name}]` : `${field}.${name}`;
        const isAddress = name === "href" || name === "url";
        if (isNext && isAddress) add("next", member, path);
        else add(Array.isArray(value) ? "" : name, member, path, said);
      }
    } else {
      weigh(field, value, said);
    }
  }
  const unclear = full ?? (isShort ? undefined : vague);
  const more = clear ?? (isPaged || isWhole ? undefined : unclear);
  return { more, total: isPaged ? total : undefined };

  function weigh(field: string, value: unknown, said: readonly string[]): void {
    const has = (...given: string[]): boolean => given.some((word) => said.includes(word));
    const number = numberIn(value);
    const isOfPages = has("page") && !said.some((word) => ROWS.has(word));
    if (field === "link") {
      // RFC 8288; URLs in angle brackets and quoted titles are skipped.
      const bare = String(value).replace(/<[^<>]*>|title="[^"]*"/gi, "");
      if (/\brel\s*=\s*(?:next\b|"[^"]*\bnext\b)/i.test(bare) && page >= pages)
        refuse(field, "left out");
    } else if ((has("limit") && has("remaining")) || (has("start") && has("cursor"))) {
      return;
    } else if (said.some((word) => AHEAD.has(word)) && !has("limit")) {
      const isNo = NO.has(typeof value === "string" ? value.trim().toLowerCase() : value);
      if (has("no") ? !isNo : isNo) isWhole ||= has("next", "more");
      else if (has("end", "last")) vague ??= doubt(field);
      // Pages before the last one are expected to announce more.
      else if (page >= pages) refuse(field, "null, false or left out");
    } else if (said.some((word) => DONE.has(word)) && typeof value === "boolean") {
      if (value) isWhole = true;
      else refuse(field, "true or left out");
    } else if (has("status", "state")) {
      if (/^(partial|incomplete|truncated)$/i.test(String(value))) refuse(field, "left out");
    } else if (number === undefined) {
      if (typeof value === "string") weighText(field, value.slice(0, 200), said);
    } else if (has("pages") || (isOfPages && has("total", "count", "last", "max"))) {
      isWhole = true;
      if ((number !== 0 && number !== 1) || isPaged) {
        if (number !== pages) refuse(field, isPaged ? `${pages}, as in meta.total_pages` : "1");
      }
    } else if (has("limit", "per") || (has("size") && has("page"))) {
      if (number === rows && rows > 0) full ??= doubt(field);
      isShort ||= number > rows;
    } else if (has("offset", "skip", "start", "starting")) {
      if (number > (has("index", "starting") ? 1 : 0) && !isPaged)
        refuse(field, "at the beginning");
    } else if (isOfPages) {
      if (number === page || (number === 0 && !isPaged)) vague ??= doubt(field);
      else refuse(field, `${page}, the requested page`);
    } else if (said.some((word) => COUNTS.has(word))) {
      if (isPaged) {
        total ??= { field, number };
        if (number !== total.number && number !== rows)
          refuse(field, `${total.number}, as elsewhere`);
      } else if (number !== rows) {
        refuse(field, `${rows}, the number of subscriptions received`);
      } else if (!has("count", "counts")) {
        // A count may be about the page only.
        isWhole = true;
      }
    }
  }

  /** Reads `1 of 3`, `page 1/3` and `items 0-9/50`; a count such as `50+` means more. */
  function weighText(field: string, text: string, said: readonly string[]): void {
    const whole = /\d\s*(?:of|\/)\s*(\d+|\*)|^\D*\*\/(\d+)/i.exec(text);
    const isRange = said.includes("range");
    if (text.includes("://") || text.startsWith("/") || said.includes("link")) return;
    if (isRange && /^bytes/i.test(text)) return;
    if (whole) {
      const number = Number(whole[1] ?? whole[2]);
      const isPage = said.includes("page") || /page/i.test(text);
      if (Number.isNaN(number)) vague ??= doubt(field);
      else if (number !== (isPage ? pages : rows))
        refuse(field, `the number of all ${isPage ? "pages" : "rows"}`);
      else isWhole = true;
    } else if (/\d/.test(text) && (isRange || said.some((word) => COUNTS.has(word)))) {
      vague ??= doubt(field);
    }
  }
}

function numberIn(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  return Number.isNaN(number) ? undefined : number;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
