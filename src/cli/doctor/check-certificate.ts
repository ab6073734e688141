import { failure, type Finding, ok, warning } from "./finding.js";
import type { CertificateReading } from "./read-certificate.js";

const DAY = 86_400_000;

/** Fewer days than this are too few to rely on a renewal that has not come so far. */
const FEW_DAYS = 14;

/** What to do about a certificate that is not trusted, by the code of OpenSSL or Node. */
const ADVICE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "renew it, and let the server load the new one",
  CERT_NOT_YET_VALID: "check the clocks of the server and of this machine",
  DEPTH_ZERO_SELF_SIGNED_CERT: "get one from a public authority, such as Let's Encrypt",
  SELF_SIGNED_CERT_IN_CHAIN: "get one from a public authority, such as Let's Encrypt",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "let the server send the intermediate certificates, too",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "let the server send the intermediate certificates, too",
  ERR_TLS_CERT_ALTNAME_INVALID: "get one for the name of the host, or correct the URL",
};

/** Codes of connections that end before a certificate is shown. */
const NO_TLS = /^(EPROTO|ERR_SSL_.*|ECONNRESET)$/;

/** Whether a client that trusts the usual authorities accepts the certificate, and for how long. */
export function checkCertificate(reading: CertificateReading, now: number): Finding {
  const { certificate, code } = reading;
  if (!certificate) {
    return failure(
      "certificate",
      `no TLS connection came about (${code})`,
      NO_TLS.test(code)
        ? "check the port of the URL, and that the server there speaks TLS"
        : "check that the receiver is running, the port of the URL, and the firewall",
    );
  }
  const { objection, validTo } = certificate;
  if (objection !== undefined) {
    return failure(
      "certificate",
      `the certificate is not trusted (${objection})`,
      ADVICE[objection] ?? "get a valid one for the host from a public authority",
    );
  }
  const days = Math.floor((validTo - now) / DAY);
  const valid = `the certificate is valid for ${days === 1 ? "1 more day" : `${days} more days`}`;
  return days < FEW_DAYS
    ? warning("certificate", valid, "renew it now, and check why that has not happened by itself")
    : ok("certificate", valid);
}

/** What there is to say of a URL without TLS. */
export function checkPlainHttp(isLocal: boolean): Finding {
  return isLocal
    ? ok("certificate", "http: needs no certificate")
    : warning(
        "certificate",
        "the URL is http:, so everybody on the way can read and change what is delivered",
        "serve the receiver over https:, and change the URL of the subscription",
      );
}
