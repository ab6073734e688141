/**
 * Fails where prose has a word that readers had to stop at, and says what to write: `npm run check:words`,
 * or `npm run check:words -- src/http` for a part. Prose is pages, comments, and the texts in programs;
 * what stands between backticks is code.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { findWords } from "./words/find-words.js";

const [...paths] = process.argv.slice(2);
const files = execFileSync("git", ["ls-files", ...(paths.length ? paths : ["."])], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(md|tsx?|js)$/.test(file) && !/^(spec|generated|test)\//.test(file))
  // It has the words.
  .filter((file) => !file.startsWith("scripts/words"));

let count = 0;
for (const file of files) {
  for (const { line, word, instead } of findWords(file, readFileSync(file, "utf8"))) {
    count++;
    console.error(`${file}:${line}: "${word}": write ${instead}`);
  }
}
if (count > 0) process.exitCode = 1;
else console.log(`${files.length} files have none of the words`);
