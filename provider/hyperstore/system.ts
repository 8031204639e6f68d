import { basicAuth, connect, type Response } from "../http/index.ts";
import type { Scope, System } from "../resource/system.ts";
import { type HyperStore, hyperstoreClient } from "./client.ts";
import { config, urlsIn } from "./config.ts";
import { createLists } from "./lists.ts";
import type { LicenseData } from "./wire.ts";

export const hyperstore: System<HyperStore> = {
  name: "hyperstore",
  title: "HyperStore",
  environment: "HYPERSTORE",
  config,
  connect(values) {
    const { endpoint = "", username, password = "", refuseWrites, ...ways } = config.parse(values);
    const { caCert, insecure, connections, connectTimeout, requestTimeout } = ways;
    const connection = connect({
      url: urlsIn(endpoint),
      probe: { path: "/system/license", systemIn },
      system: "HyperStore",
      auth: basicAuth(username, password),
      ...(caCert === undefined ? {} : { caCert }),
      insecure,
      connections,
      connectTimeoutMs: connectTimeout * 1000,
      headersTimeoutMs: requestTimeout * 1000,
    });
    const refusesWrites = refuseWrites ? onlyLooks : undefined;
    const shared = { lists: createLists(), refusesWrites };
    const clientIn = (scope: Scope) => hyperstoreClient(connection.bind(scope), shared);
    let fingerprint: Promise<string> | undefined;
    return {
      client: clientIn,
      ...(refusesWrites && { refusesWrites }),
      // The licence number is the one identity of a system that the API shows (section 11.10).
      fingerprint(scope) {
        fingerprint ??= clientIn(scope)
          .getLicense()
          .then((license) => nameOf(license) ?? connection.origin);
        fingerprint.catch(() => {
          fingerprint = undefined;
        });
        return fingerprint;
      },
      close: () => connection.close(),
    };
  },
};

const onlyLooks =
  "nothing was sent, because hyperstoreRefuseWrites (HYPERSTORE_REFUSE_WRITES) is set and this run is only to look; to change anything, run without it";

const nameOf = (license: LicenseData | undefined): string | undefined =>
  license?.licenseNumber ? `license ${license.licenseNumber}` : undefined;

/** Whatever else a node says is told by the call that is made then. */
function systemIn(answer: Response): string | undefined {
  try {
    return answer.status === 200 ? nameOf(answer.json<LicenseData>()) : undefined;
  } catch {
    return undefined;
  }
}
