import { readFileSync } from "node:fs";

/** The source of `program.ts`, for the projects that compile it. */
export const PROGRAM = readFileSync(new URL("./program.ts", import.meta.url), "utf8");

/** What the program returns if everything works. */
export const PRINTED = "created 200 Hello! keep function function";
