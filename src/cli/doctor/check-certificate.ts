import { failure, type Finding, ok, warning } from "./finding.js";
import type { CertificateReading } from "./read-certificate.js";

const DAY = 86_400_000;

/** With fewer days left, an automatic renewal is overdue. */
const FEW_DAYS = 14;

/** Advice for an untrusted certificate, by the error code of OpenSSL or Node. */
const ADVICE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "renew it, and make the server load the new one",
  CERT_NOT_YET_VALID: "check the clocks of the server and of this machine",
  DEPTH_ZERO_SELF_SIGNED_CERT: "get one from a public authority, such as Let's Encrypt",
  SELF_SIGNED_CERT_IN_CHAIN: "get one from a public authority, such as Let's Encrypt",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "configure the server to send the intermediate certificates, too",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "configure the server to send the intermediate certificates, too",
  ERR_TLS_CERT_ALTNAME_INVALID: "get one for this host name, or correct the URL",
};

/** Codes of connections that end before the server sends a certificate. */
const NO_TLS = /^(EPROTO|ERR_SSL_.*|ECONNRESET)$/;

/** Checks whether a client with the usual root certificates trusts the certificate, and for how long. */
export function checkCertificate(reading: CertificateReading, now: number): Finding {
  const { certificate, code } = reading;
  if (!certificate) {
    return failure(
      "certificate",
      `the TLS connection failed (${code})`,
      NO_TLS.test(code)
        ? "check the port of the URL, and that the server uses TLS"
        : "check that the receiver is running, the port of the URL, and the firewall",
    );
  }
  const { objection, validTo } = certificate;
  if (objection !== undefined) {
    return failure(
      "certificate",
      `the certificate is not trusted (${objection})`,
      ADVICE[objection] ?? "get a valid certificate for the host from a public authority",
    );
  }
  const days = Math.floor((validTo - now) / DAY);
  const valid = `the certificate is valid for ${days === 1 ? "1 more day" : `${days} more days`}`;
  return days < FEW_DAYS
    ? warning("certificate", valid, "renew it now, and check why it was not renewed automatically")
    : ok("certificate", valid);
}

/** Judges a URL without TLS. */
export function checkPlainHttp(isLocal: boolean): Finding {
  return isLocal
    ? ok("certificate", "http: needs no certificate")
    : warning(
        "certificate",
        "the URL is http:, so anybody on the network path can read and change deliveries",
        "serve the receiver over https:, and change the URL of the subscription",
      );
}
