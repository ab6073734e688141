import type { PageDelivery } from "../../cli/page/protocol.js";

/** Headers that curl adds itself, or that belong to the earlier connection. */
const LEFT_OUT = /^(host|connection|content-length|transfer-encoding|accept-encoding|expect)$/i;

/** A valid name of a header. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** A command for a POSIX shell that sends a delivery again. All values are quoted for the shell. */
export function asCurl(
  { headers, body }: Pick<PageDelivery, "headers" | "body">,
  url: string,
): string {
  const sent = headers.filter(([name]) => NAME.test(name) && !LEFT_OUT.test(name));
  return [
    `curl --globoff --url ${quote(url)}`,
    ...sent.map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    // Unlike `--data`, this does not read a body that begins with @ as the name of a file.
    `--data-raw ${quote(body)}`,
  ].join(" \\\n  ");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
