/**
 * Fails if prose has a word that confused readers, and prints a better one: `npm run check:words`, or
 * `npm run check:words -- src/http` for a part. Prose means pages, comments, and the texts in programs;
 * text between backticks is code.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { findWords } from "./words/find-words.js";

const [...paths] = process.argv.slice(2);
const files = execFileSync("git", ["ls-files", ...(paths.length ? paths : ["."])], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(md|tsx?|js)$/.test(file) && !/^(spec|generated)\//.test(file))
  // The list itself and its tests contain the words.
  .filter((file) => !/^(scripts|test)\/words/.test(file));

let count = 0;
for (const file of files) {
  for (const { line, word, instead } of findWords(file, readFileSync(file, "utf8"))) {
    count++;
    console.error(`${file}:${line}: instead of "${word}", write ${instead}`);
  }
}
if (count > 0) process.exitCode = 1;
else console.log(`${files.length} files checked; none has a listed word`);
