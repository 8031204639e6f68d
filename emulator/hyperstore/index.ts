import { isDeepStrictEqual } from "node:util";
import { basicMatches } from "../kit/basic.ts";
import { createCertificate } from "../kit/certificate.ts";
import { type DataFile, openDataFile } from "../kit/data-file.ts";
import type { Faults } from "../kit/faults.ts";
import type { RecordedRequest } from "../kit/record.ts";
import { type Served, serve, type Tls } from "../kit/serve.ts";
import type { Route, Vendor } from "../kit/types.ts";
import { allowlistRoutes } from "./allowlist.ts";
import { auditRoutes } from "./audit.ts";
import { billingRoutes } from "./billing.ts";
import { policyRoutes } from "./bppolicy.ts";
import { bucketListRoutes } from "./bucketlists.ts";
import { bucketRoutes } from "./bucketops.ts";
import { cleanUpdatesRoutes } from "./cleanupdates.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { credentialRoutes } from "./credentials.ts";
import { type Edit, edit } from "./edit.ts";
import { eventRoutes } from "./events.ts";
import { withForm } from "./form.ts";
import { groupRoutes } from "./group.ts";
import { type IamEndpoint, type IamOptions, startIam } from "./iam/index.ts";
import { fromJson, toJson } from "./json.ts";
import { lockRoutes } from "./lock.ts";
import { mfaRoutes } from "./mfa.ts";
import { monitorRoutes } from "./monitor.ts";
import { notificationRoutes } from "./notification.ts";
import { passwordRoutes } from "./password.ts";
import { publicUrlRoutes } from "./publicurl.ts";
import { challengeRoutes } from "./purgetoken.ts";
import { qosRoutes } from "./qos.ts";
import { ratingRoutes } from "./rating.ts";
import { ratingPlanRoutes } from "./ratingplan.ts";
import { repairRoutes } from "./repair.ts";
import { acceptable, failure } from "./respond.ts";
import { rollupRoutes } from "./rollup.ts";
import { freshState, type State } from "./state.ts";
import { storedRoutes } from "./stored.ts";
import { systemRoutes } from "./system.ts";
import { tieringRoutes } from "./tiering.ts";
import { usageRoutes } from "./usage.ts";
import { userRoutes } from "./user.ts";

export interface HyperStoreOptions {
  port?: number;
  host?: string;
  tls?: boolean | Tls;
  user?: string;
  password?: string;
  /** A JSON file to start from and to save to after each write. No other process may use it meanwhile. */
  data?: string;
  /** The service regions of a fresh system, the default one first. */
  regions?: readonly string[];
  /** Another emulator's, so that both are nodes of one system. */
  state?: State;
  deletionDelayMs?: number;
  initialCredential?: boolean;
  credentialLimit?: number;
  allowDeleteWithBuckets?: boolean;
  passwordReuse?: boolean;
  lockAfter?: number;
  legacyQosTypes?: boolean;
  singleNode?: boolean;
  otherRegion?: string;
  showInheritedPlans?: boolean;
  laterAttributes?: readonly string[];
  control?: boolean;
  version?: string;
  licenseNumber?: string;
  latencyMs?: number;
  /** Serves the IAM Service too, on a port of its own. */
  iam?: boolean | IamOptions;
}

export interface HyperStoreEmulator {
  url: string;
  port: number;
  /** PEM, when tls. */
  caCert?: string;
  user: string;
  password: string;
  state: State;
  faults: Faults;
  requests: RecordedRequest[];
  /** What it serves: every method of the document. */
  routes: readonly Pick<Route, "method" | "path">[];
  iam?: IamEndpoint;
  /** State, faults and requests back to a fresh system. */
  reset(): void;
  close(): Promise<void>;
}

/** A server that behaves like the Admin Service of Cloudian HyperStore 8.2, by its Admin API guide. */
export async function startHyperStore(options: HyperStoreOptions = {}): Promise<HyperStoreEmulator> {
  const { data } = options;
  const file =
    data === undefined ? undefined : openDataFile(data, (value) => withRegions(fromJson(value), options));
  try {
    return await startOn(options, file);
  } catch (error) {
    file?.release();
    throw error;
  }
}

async function startOn(
  options: HyperStoreOptions,
  file: DataFile<State> | undefined,
): Promise<HyperStoreEmulator> {
  const { user = "sysadmin", password = "public" } = options; // 1.6
  const context = contextFrom(options, file?.content ?? options.state ?? freshState(options.regions));
  const { state } = context;
  const routes = routesOf(context);
  const saveAll = () => file?.save(toJson(state));
  const vendor: Vendor = {
    routes: routes.map((route) => ({
      ...route,
      handle: async (call) => {
        const whole = await withForm(call);
        return whole ? route.handle(whole) : failure(call, 400, "Invalid form");
      },
    })),
    secretParameters: [
      ...["password", "oldpassword", "secretKey", "accountKey", "token"],
      ...["authenticationCode", "authenticationCode1", "authenticationCode2"],
    ],
    authenticate: (call) =>
      basicMatches(call.headers.authorization, user, password) ? undefined : failure(call, 401),
    failure,
    edit: (change) => edit(state, change as Edit),
    save: saveAll,
  };
  // One certificate for both listeners.
  const settings = {
    ...options,
    ...(options.tls === true && { tls: await createCertificate(options.host) }),
  };
  const served = await serve(vendor, settings);
  const iamOptions = { ...settings, port: 0, ...(typeof options.iam === "object" && options.iam) };
  const iam = options.iam
    ? await startIam(state, routes, iamOptions, served).catch(closing(served))
    : undefined;
  if (iam) saveAll();
  return {
    ...served,
    routes,
    user,
    password,
    state,
    ...(iam && { iam: iam.endpoint }),
    close: async () => {
      await Promise.all([served.close(), iam?.close()]);
      file?.release();
    },
    reset: () => {
      Object.assign(state, freshState(options.regions));
      iam?.settle();
      served.faults.clear();
      served.requests.length = 0;
      saveAll();
    },
  };
}

/** A listener that stayed behind would keep the process from ending. */
const closing = (served: Served) => async (error: unknown) => {
  await served.close();
  throw error;
};

function withRegions(state: State, { regions = state.regions }: HyperStoreOptions): State {
  if (isDeepStrictEqual(state.regions, regions)) return state;
  throw new Error(`its regions are ${state.regions.join(", ")}, and not ${regions.join(", ")}`);
}

function contextFrom(options: HyperStoreOptions, state: State): Context {
  return {
    state,
    deletionDelayMs: options.deletionDelayMs ?? 200,
    initialCredential: options.initialCredential ?? true,
    credentialLimit: options.credentialLimit ?? 5,
    allowDeleteWithBuckets: options.allowDeleteWithBuckets ?? false,
    passwordReuse: options.passwordReuse ?? true,
    lockAfter: options.lockAfter,
    legacyQosTypes: options.legacyQosTypes ?? false,
    singleNode: options.singleNode ?? false,
    otherRegion: options.otherRegion,
    showInheritedPlans: options.showInheritedPlans ?? true,
    laterAttributes: options.laterAttributes ?? [],
    version: options.version ?? "8.2",
    licenseNumber: options.licenseNumber ?? "123456789012345678",
  };
}

function routesOf(context: Context): DocumentedRoute[] {
  return [
    ...allowlistRoutes(context),
    ...groupRoutes(context),
    ...userRoutes(context),
    ...credentialRoutes(context),
    ...passwordRoutes(context),
    ...lockRoutes(context),
    ...mfaRoutes(context),
    ...publicUrlRoutes(context),
    ...notificationRoutes(context),
    ...monitorRoutes(context),
    ...eventRoutes(context),
    ...qosRoutes(context),
    ...ratingPlanRoutes(context),
    ...ratingRoutes(context),
    ...policyRoutes(context),
    ...bucketRoutes(context),
    ...cleanUpdatesRoutes(context),
    ...bucketListRoutes(context),
    ...storedRoutes(context),
    ...auditRoutes(context),
    ...challengeRoutes(context),
    ...systemRoutes(context),
    ...tieringRoutes(context),
    ...usageRoutes(context),
    ...rollupRoutes(context),
    ...repairRoutes(context),
    ...billingRoutes(context),
  ].map(({ handle, ...route }) => ({
    ...route,
    handle(call) {
      if (context.otherRegion !== undefined && !inEveryRegion.includes(`${route.method} ${route.path}`))
        return failure(call, 403);
      // "URI parameters" in another case than documented, "or any other typographical error", are a 404 (1.3.1).
      if (!Object.keys(call.query).every((name) => route.query.includes(name))) return failure(call, 404);
      return acceptable(call, handle(call));
    },
  }));
}

/** All that the Admin Service of a region executes that is not the default one (1.1.1, 1.3.1). */
const inEveryRegion = [
  "POST /usage/storage",
  "POST /usage/storageall",
  "POST /usage/rollup",
  "POST /usage/repair/dirtyusers",
  "POST /bucketops/purge",
];
