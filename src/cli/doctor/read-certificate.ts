import { isIP } from "node:net";
import { connect } from "node:tls";
import { withoutBrackets } from "./reach.js";

/** What a server shows for its name. */
interface Certificate {
  /** Why it is not trusted, such as `CERT_HAS_EXPIRED`; undefined where it is. */
  readonly objection: string | undefined;
  /** The end of its validity, in ms since the epoch; NaN where it has none that can be read. */
  readonly validTo: number;
}

/** A certificate, or why none was shown. */
export type CertificateReading =
  | { readonly certificate: Certificate; readonly code?: undefined }
  | { readonly code: string; readonly certificate?: undefined };

/** Connects to the server of an `https:` URL, looks at its certificate, and hangs up. */
export function readCertificate(
  { hostname, port }: Pick<URL, "hostname" | "port">,
  timeout: number,
  signal: AbortSignal,
): Promise<CertificateReading> {
  const host = withoutBrackets(hostname);
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: port === "" ? 443 : Number(port),
      // A name is what the certificate has to be for; addresses are not sent along (RFC 6066).
      ...(isIP(host) === 0 && { servername: host }),
      // What is wrong with it is to be told, and not thrown; nothing is sent over this connection.
      rejectUnauthorized: false,
    });
    const end = (reading: CertificateReading): void => {
      signal.removeEventListener("abort", abort);
      socket.destroy();
      resolve(reading);
    };
    const abort = (): void => {
      end({ code: "aborted" });
    };
    signal.addEventListener("abort", abort, { once: true });
    socket.setTimeout(timeout, () => {
      end({ code: "ETIMEDOUT" });
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      end({ code: error.code ?? error.message });
    });
    socket.once("secureConnect", () => {
      // Declared as an error, and a code in fact.
      const objection: unknown = socket.authorizationError;
      const { valid_to } = socket.getPeerCertificate();
      end({
        certificate: {
          objection: socket.authorized ? undefined : String(objection),
          validTo: Date.parse(valid_to),
        },
      });
    });
  });
}
