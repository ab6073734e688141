import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const FOLDER = new URL(".", import.meta.url);
const sources = readdirSync(FOLDER).filter((name) => /(?<!\.test)\.ts$/.test(name));

it.each(sources)("%s imports only Node modules and files of its folder", (name) => {
  const text = readFileSync(new URL(name, FOLDER), "utf8");
  const imports = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]*)"/g)].map(
    ([, from]) => from,
  );
  expect(imports.filter((from) => !/^(\.\/[a-z-]+\.js|node:[a-z/]+)$/.test(from ?? ""))).toEqual(
    [],
  );
});
