import type { PageDelivery } from "../../cli/page/protocol.js";

/** Headers that curl writes itself, or that belong to the connection that is over. */
const LEFT_OUT = /^(host|connection|content-length|transfer-encoding|accept-encoding|expect)$/i;

/** What may be the name of a header. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** A command for a POSIX shell that sends a delivery again. Nothing in it is more than text to the shell. */
export function asCurl(
  { headers, body }: Pick<PageDelivery, "headers" | "body">,
  url: string,
): string {
  const sent = headers.filter(([name]) => NAME.test(name) && !LEFT_OUT.test(name));
  return [
    `curl --globoff --url ${quote(url)}`,
    ...sent.map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    // Unlike `--data`, this takes a body that begins with @ for what it is.
    `--data-raw ${quote(body)}`,
  ].join(" \\\n  ");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
