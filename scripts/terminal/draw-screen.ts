import { parseScreen, type Span } from "./parse-screen.js";

/** The colours of a picture. */
export type Theme = Readonly<
  Record<"paper" | "border" | "text" | "faint" | "red" | "green" | "yellow", string>
>;

/** Those of the other pictures of the README, which are GitHub's. */
export const THEMES = {
  light: {
    ...{ paper: "#f6f8fa", border: "#d0d7de", text: "#1f2328", faint: "#59636e" },
    ...{ red: "#d1242f", green: "#1a7f37", yellow: "#9a6700" },
  },
  dark: {
    ...{ paper: "#151b23", border: "#3d444d", text: "#f0f6fc", faint: "#9198a1" },
    ...{ red: "#ff7b72", green: "#56d364", yellow: "#d29922" },
  },
} as const satisfies Record<string, Theme>;

/** In pixels. A character takes 0.6 of the size of its font in nearly every monospaced one. */
const FONT_SIZE = 13;
const COLUMN = 7.8;
const LINE = 19;
const PADDING = 18;

const FONTS =
  "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace";

/** Draws what a terminal shows as an SVG, in which all text is text. */
export function drawScreen(screen: string, title: string, theme: Theme): string {
  const lines = parseScreen(screen);
  const columns = Math.max(...lines.map((spans) => columnsOf(spans)));
  const width = Math.ceil(columns * COLUMN) + 2 * PADDING;
  const height = lines.length * LINE + 2 * PADDING;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="title" font-family="${FONTS}" font-size="${FONT_SIZE}">`,
    `  <title id="title">${escape(title)}</title>`,
    `  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.paper}" stroke="${theme.border}"/>`,
    ...lines.flatMap((spans, index) => drawLine(spans, index, theme)),
    "</svg>\n",
  ].join("\n");
}

function columnsOf(spans: readonly Span[]): number {
  return spans.reduce((columns, { text }) => columns + text.length, 0);
}

function drawLine(spans: readonly Span[], index: number, theme: Theme): string[] {
  if (spans.length === 0) return [];
  const y = PADDING + (index + 0.75) * LINE;
  // Columns stay in line, whichever font there is.
  const length = (columnsOf(spans) * COLUMN).toFixed(1);
  const parts = spans.map((span) => drawSpan(span, theme)).join("");
  return [
    `  <text x="${PADDING}" y="${y}" textLength="${length}" xml:space="preserve" fill="${theme.text}">${parts}</text>`,
  ];
}

function drawSpan({ text, colour, isBold, isFaint }: Span, theme: Theme): string {
  const fill = colour ? theme[colour] : isFaint ? theme.faint : undefined;
  const attributes = `${fill ? ` fill="${fill}"` : ""}${isBold ? ' font-weight="600"' : ""}`;
  return attributes === "" ? escape(text) : `<tspan${attributes}>${escape(text)}</tspan>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
