/** A word that confused readers. */
interface Word {
  readonly pattern: RegExp;
  /** What to write. */
  readonly instead: string;
}

/** The words to avoid, each with the usual word of the field or a hint. */
export const WORDS: readonly Word[] = [
  // A switch of the sandbox has this name.
  { pattern: /(?<!--switch[ =]+)\btwins?\b(?!=)/gi, instead: "duplicate" },
  { pattern: /\bheal(s|ed|ing)?\b/gi, instead: "repair, or what is done" },
  { pattern: /\bmend(s|ed|ing)?\b/gi, instead: "fix" },
  { pattern: /\b(comes?|came|coming)\s+again\b/gi, instead: "is delivered again" },
  { pattern: /\b(give|gives|gave|giving)\s+way\b/gi, instead: "is deleted, or is removed" },
  {
    pattern:
      /(?<!\bthere\s+)\b(is|are|was|were)\s{1,12}no(?=\s+(an?\s+)?[a-z])(?!\s+(longer|more|less|way|such|need|one)\b)/gi,
    instead: "is not a",
  },
  { pattern: /\bfrom\s+0\s+up\b/gi, instead: "of 0 or more" },
  { pattern: /\bwhoever\b/gi, instead: "the actor" },
  { pattern: /\b(he|him|his|himself)\b/gi, instead: "the actor, or they" },
  { pattern: /\banew\b/gi, instead: "again" },
  { pattern: /\b(who|those\s+who|all\s+who)\s+asks?\b/gi, instead: "callers" },
  { pattern: /\bhands?\s+(it\s+|them\s+)?on\b/gi, instead: "passes on, or returns" },
  {
    pattern: /\b(stands?|stood)\s+(in(?!\s+for)|on|at|there|between|behind)\b/gi,
    instead: "is in, or is at",
  },
  { pattern: /\bbesides\b/gi, instead: "also, or in addition to" },
  { pattern: /\bby\s+itself\b/gi, instead: "alone, on its own, or automatically" },
  { pattern: /\bthere\s+(is|are)\s+no\s+more\b/gi, instead: "no longer exists" },
  { pattern: /\bis\s+there\s+no\s+more\b/gi, instead: "no longer exists" },
];
