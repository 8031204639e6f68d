import { X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Endpoint } from "./types.ts";

export interface TlsOptions {
  rejectUnauthorized: boolean;
  secureContext: SecureContext;
}

/** One context for all connections: Node would otherwise read the certificates again for each. */
export function tlsOptions({ caCert, insecure = false, system }: Endpoint): TlsOptions {
  if (caCert !== undefined) {
    try {
      new X509Certificate(caCert);
    } catch (cause) {
      throw new Error(`caCert of ${system} is no certificate in PEM ("-----BEGIN CERTIFICATE-----")`, {
        cause,
      });
    }
  }
  return {
    rejectUnauthorized: !insecure,
    secureContext: createSecureContext(caCert === undefined ? {} : { ca: caCert }),
  };
}

const UNTRUSTED = "set caCert to the PEM of the authority that signed it";
const CERTIFICATE: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed: set caCert to its own PEM, if it is the one you expect",
  SELF_SIGNED_CERT_IN_CHAIN: `is signed by an authority that is not trusted here: ${UNTRUSTED}`,
  UNABLE_TO_GET_ISSUER_CERT: `is signed by an authority that is not trusted here: ${UNTRUSTED}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `is signed by an authority that is not trusted here: ${UNTRUSTED}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `comes without the chain to a trusted authority: ${UNTRUSTED}`,
  CERT_SIGNATURE_FAILURE: `is not signed by the authority it names: ${UNTRUSTED}`,
  CERT_HAS_EXPIRED: "has expired: renew it on the server",
  CERT_NOT_YET_VALID: "is not valid yet: check the clocks of both machines",
  CERT_REVOKED: "is revoked: renew it on the server",
};

/** What a TLS error means for the user; undefined when the error is none. */
export function tlsProblem(code: string, message: string): string | undefined {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = /altnames?: (.*)$/is.exec(message)?.[1] ?? message;
    return `its certificate is for another host: ${names} Use a host name that it covers, or renew it`;
  }
  const advice = CERTIFICATE[code];
  if (advice !== undefined) return `its certificate ${advice} (${code})`;
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code + message)) {
    return "this port speaks no TLS, and plain HTTP perhaps: check the port, or begin the endpoint with http://";
  }
  if (code.startsWith("ERR_SSL_") || code === "EPROTO") return `the TLS handshake failed: ${message}`;
  if (/^(CERT_|UNABLE_TO_|CRL_|INVALID_CA|HOSTNAME_MISMATCH)/.test(code)) {
    return `its certificate does not verify (${code})`;
  }
  return undefined;
}

/** How servers that expect TLS answer to plain HTTP: in words (nginx, Go), or with a TLS alert. */
export function wantsTls(status: number, text: string): boolean {
  return status === 400 && text.length < 4096 && /HTTP request (was sent )?to (an )?HTTPS/i.test(text);
}

export const SPEAKS_TLS = "this port speaks TLS: begin the endpoint with https://";
