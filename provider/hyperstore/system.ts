import type { z } from "zod";
import { basicAuth, type Connection, connect, type Endpoint, type Response, sigV4 } from "../http/index.ts";
import { reachOf, urlsIn } from "../resource/endpoint.ts";
import { createOnce } from "../resource/once.ts";
import type { Scope, System, Use } from "../resource/system.ts";
import { callsOver, callsWithoutAdmin } from "./client/calls.ts";
import { type HyperStore, hyperstoreClient } from "./client.ts";
import { config } from "./config.ts";
import { askOver } from "./iam/ask.ts";
import { iamReads } from "./iam/client.ts";
import { createLists } from "./lists.ts";
import type { LicenseData } from "./wire.ts";

export const hyperstore: System<HyperStore> = {
  name: "hyperstore",
  title: "HyperStore",
  environment: "HYPERSTORE",
  config,
  connect(values) {
    const settings = config.parse(values);
    const admin = adminOf(settings);
    const iam = iamOf(settings);
    const refusesWrites = settings.refuseWrites ? onlyLooks : admin ? undefined : onlyReads;
    const shared = { lists: createLists(), refusesWrites, version: createOnce<string | undefined>() };
    const identity = createOnce<string>();

    /** What is read to be written again must be all there is, so only pure reads make do with the IAM Service. */
    function client(scope: Scope, use: Use): HyperStore {
      const calls = admin ? callsOver(admin.bind(scope), shared) : callsWithoutAdmin(settings.uncheckable);
      if (!iam || use !== "read") return hyperstoreClient(calls, shared.lists);
      const ask = askOver(iam.bind(scope));
      return hyperstoreClient(calls, shared.lists, (methods) => iamReads(ask, methods, admin !== undefined));
    }

    return {
      client,
      ...(refusesWrites && { refusesWrites }),
      // The licence number is the one identity of a system that either API shows (sections 11.10 and 11.10.5).
      fingerprint: (scope) =>
        identity.get("license", async () => {
          const license = await client(scope, "read").getLicense();
          return nameOf(license?.licenseNumber) ?? originOf(settings);
        }),
      close: async () => {
        await Promise.all([admin?.close(), iam?.close()]);
      },
    };
  },
};

type Settings = z.output<typeof config>;

function adminOf(settings: Settings): Connection | undefined {
  const { endpoint, username, password } = settings;
  if (endpoint === undefined || password === undefined) return undefined;
  const probe = { path: "/system/license", systemIn: licensedIn };
  return connectTo(endpoint, { auth: basicAuth(username, password), probe }, settings);
}

/** The document names neither the service nor the region that signatures are for (section 1.7): these are Amazon's for IAM. */
function iamOf(settings: Settings): Connection | undefined {
  const { iamEndpoint, readOnlyAccessKey: accessKey, readOnlySecretKey: secretKey } = settings;
  if (iamEndpoint === undefined || accessKey === undefined || secretKey === undefined) return undefined;
  const { defaultRegion: region = "us-east-1" } = settings;
  const auth = sigV4({ accessKey, secretKey, service: "iam", region });
  const probe = { path: "/?Action=GetCloudianSystemLicense", systemIn: licensedInXml };
  return connectTo(iamEndpoint, { auth, probe }, settings);
}

function connectTo(urls: string, way: Pick<Endpoint, "auth" | "probe">, settings: Settings): Connection {
  return connect({ ...way, ...reachOf(settings), url: urlsIn(urls), system: "HyperStore" });
}

/** The Admin Service's wherever it is known, so that both ways lead to the same name. */
const originOf = ({ endpoint, iamEndpoint = "" }: Settings): string =>
  new URL(urlsIn(endpoint ?? iamEndpoint)[0] ?? "").origin;

const onlyLooks =
  "nothing was sent, because hyperstoreRefuseWrites (HYPERSTORE_REFUSE_WRITES) is set and this run is only to look; to change anything, run without it";
const onlyReads =
  "nothing was sent, because this run has keys that can only read (hyperstoreReadOnlyAccessKey); to change anything, run with hyperstoreEndpoint and hyperstorePassword (HYPERSTORE_ENDPOINT, HYPERSTORE_PASSWORD)";

const nameOf = (licenseNumber: string | undefined): string | undefined =>
  licenseNumber ? `license ${licenseNumber}` : undefined;

/** Whatever else a node says is told by the call that is made then. */
function licensedIn(answer: Response): string | undefined {
  try {
    return answer.status === 200 ? nameOf(answer.json<LicenseData>().licenseNumber) : undefined;
  } catch {
    return undefined;
  }
}

const licensedInXml = ({ status, text }: Response): string | undefined =>
  status === 200 ? nameOf(/<(?:\w+:)?licenseNumber>([^<]*)</.exec(text)?.[1]?.trim()) : undefined;
