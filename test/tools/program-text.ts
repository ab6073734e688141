import { readFileSync } from "node:fs";

/** `program.ts`, for projects that compile it themselves. */
export const PROGRAM = readFileSync(new URL("./program.ts", import.meta.url), "utf8");

/** What it says when all works. */
export const PRINTED = "created 200 Hello! keep function function";
