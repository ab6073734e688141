import { isIP } from "node:net";
import { connect } from "node:tls";
import { withoutBrackets } from "./reach.js";

/** The certificate that a server sends. */
interface Certificate {
  /** The reason for distrust, such as `CERT_HAS_EXPIRED`; undefined if it is trusted. */
  readonly objection: string | undefined;
  /** The end of its validity, in ms since the epoch; NaN if it cannot be parsed. */
  readonly validTo: number;
}

/** A certificate, or the code of the error that prevented reading one. */
export type CertificateReading =
  | { readonly certificate: Certificate; readonly code?: undefined }
  | { readonly code: string; readonly certificate?: undefined };

/** Connects to the server of an `https:` URL, reads its certificate, and closes the connection. */
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
      // The name that the certificate has to match; a client never sends an address here (RFC 6066).
      ...(isIP(host) === 0 && { servername: host }),
      // A problem is reported rather than thrown, and nothing is sent over this connection.
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
      // The types declare an error, but the value is a code.
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
