import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { drawScreen, THEMES } from "../../scripts/terminal/draw-screen.js";
import { drawSession, TITLE } from "../../scripts/terminal/draw-session.js";
import { parseScreen } from "../../scripts/terminal/parse-screen.js";

const NAMES = ["terminal-light.svg", "terminal-dark.svg"];

describe("the pictures of the terminal", () => {
  let drawn: Readonly<Record<string, string>>;

  beforeAll(async () => {
    drawn = await drawSession();
  });

  it.each(NAMES)(
    "show what the commands print today; if not, run npm run screenshots: %s",
    async (name) => {
      const shown = await readFile(
        new URL(`../../.github/images/${name}`, import.meta.url),
        "utf8",
      );
      expect(shown).toBe(drawn[name]);
    },
  );

  it("differ only in their colours", () => {
    const [light = "", dark = ""] = NAMES.map((name) => drawn[name]);
    const withoutColours = (picture: string): string => picture.replaceAll(/#[\da-f]{6}/g, "");
    expect(withoutColours(light)).toBe(withoutColours(dark));
    expect(light).not.toBe(dark);
  });

  it("are described in the README by their title", async () => {
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    expect(readme).toContain(`alt="${TITLE}"`);
  });
});

describe("a screen", () => {
  it("is split into spans of one style", () => {
    expect(parseScreen("\u001b[32myes\u001b[39m no\n\u001b[1;31mA\n")).toEqual([
      [
        { text: "yes", colour: "green", isBold: false, isFaint: false },
        { text: " no", colour: undefined, isBold: false, isFaint: false },
      ],
      [{ text: "A", colour: "red", isBold: true, isFaint: false }],
    ]);
  });

  it.each(["\u001b[2K", "\u001b[35m", "\u001b[1A"])(
    "is refused with a sequence that pictures do not support: %j",
    (sequence) => {
      expect(() => parseScreen(`a${sequence}b`)).toThrow(/add it to the codes/);
    },
  );

  it("is drawn as text with its markup escaped", () => {
    const picture = drawScreen('\u001b[1m<b> & "c"\u001b[22m', "a < b", THEMES.light);
    expect(picture).toContain('<tspan font-weight="600">&lt;b&gt; &amp; "c"</tspan>');
    expect(picture).toContain('<title id="title">a &lt; b</title>');
  });
});
