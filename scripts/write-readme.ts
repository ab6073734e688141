import { readFile, writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { replaceBlock } from "./readme-block.js";

const README = new URL("../README.md", import.meta.url);

/** Puts a text between the comments of a command in the README, and formats it. */
export async function writeReadme(command: string, text: string): Promise<void> {
  const readme = replaceBlock(await readFile(README, "utf8"), command, text);
  const options = await resolveConfig(README);
  await writeFile(README, await format(readme, { ...options, parser: "markdown" }));
}
