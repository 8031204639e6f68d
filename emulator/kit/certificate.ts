import { isIP } from "node:net";

export interface Certificate {
  key: string;
  cert: string;
  /** What a client has to trust. */
  caCert: string;
}

/** A throw-away authority and a certificate of it for this machine, under one more name or address where it has one. */
export async function createCertificate(host = "127.0.0.1"): Promise<Certificate> {
  // Loaded here because it takes longer than the whole of a start without TLS.
  const { generate } = await import("selfsigned");
  const common = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
  const authority = await generate([{ name: "commonName", value: "Tenantry emulator CA" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host },
        ],
      },
    ],
  });
  return { key: server.private, cert: server.cert, caCert: authority.cert };
}
