import * as z from "zod";
import { basicAuth, connect } from "../http/index.ts";
import { secret } from "../resource/fields.ts";
import type { Scope, System } from "../resource/system.ts";
import { type HyperStore, hyperstoreClient } from "./client.ts";
import { createLists } from "./lists.ts";

const config = z
  .strictObject({
    endpoint: z
      .url({
        protocol: /^https?$/,
        error: ({ input }) =>
          input === undefined ? undefined : "must be a URL such as https://hyperstore.example.com:19443",
      })
      .describe(
        "URL of the Admin Service in the default region, usually `https://NODE:19443` (section 1.5).",
      ),
    username: z
      .string()
      .min(1)
      .default("sysadmin")
      .describe("User of the Admin API's Basic authentication (section 1.6)."),
    password: secret(z.string().min(1)).describe(
      "Password of the Admin API's Basic authentication (section 1.6). `hsctl config get admin.auth.password` shows it.",
    ),
    defaultRegion: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Name of the default service region. Needed only where a program names regions: no method of the API tells (section 1.1.1).",
      ),
    caCert: z
      .string()
      .includes("-----BEGIN CERTIFICATE-----", { error: "must be a certificate in PEM form" })
      .optional()
      .describe(
        "PEM of the authority, or of the self-signed certificate, that the Admin Service's TLS is verified with.",
      ),
    insecure: z
      .boolean()
      .default(false)
      .describe(
        "Skip the verification of the server's certificate. Anyone on the path can then read the password.",
      ),
    connections: z.int().min(1).max(256).default(16).describe("Most connections at a time, 1 to 256."),
    connectTimeout: z.number().positive().max(600).default(10).describe("Seconds to wait for a connection."),
    requestTimeout: z
      .number()
      .positive()
      .max(3600)
      .default(60)
      .describe("Seconds to wait for the answer to one request."),
  })
  .superRefine(({ insecure, caCert }, context) => {
    if (insecure && caCert !== undefined)
      context.addIssue({
        code: "custom",
        path: ["insecure"],
        message: "cannot go with a caCert: verify with it, or do not verify",
      });
  });

export const hyperstore: System<HyperStore> = {
  name: "hyperstore",
  title: "HyperStore",
  environment: "HYPERSTORE",
  config,
  connect(values) {
    const { endpoint, username, password, caCert, insecure, connections, connectTimeout, requestTimeout } =
      config.parse(values);
    const connection = connect({
      url: endpoint,
      system: "HyperStore",
      auth: basicAuth(username, password),
      ...(caCert === undefined ? {} : { caCert }),
      insecure,
      connections,
      connectTimeoutMs: connectTimeout * 1000,
      headersTimeoutMs: requestTimeout * 1000,
    });
    const shared = { lists: createLists() };
    const clientIn = (scope: Scope) => hyperstoreClient(connection.bind(scope), shared);
    let fingerprint: Promise<string> | undefined;
    return {
      client: clientIn,
      // The licence number is the one identity of a system that the API shows (section 11.10).
      fingerprint(scope) {
        fingerprint ??= clientIn(scope)
          .getLicense()
          .then((license) =>
            license?.licenseNumber ? `license ${license.licenseNumber}` : connection.origin,
          );
        fingerprint.catch(() => {
          fingerprint = undefined;
        });
        return fingerprint;
      },
      close: () => connection.close(),
    };
  },
};
