import type { HyperStoreOptions } from "../../../emulator/hyperstore/index.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { withIam } from "../../emulator/hyperstore/iam.ts";
import { settle } from "../../worlds/hyperstore/index.ts";
import { sessionWith } from "../kit.ts";

/** John in QA, what the laws' inputs need, and three ways to read of him: the Admin API's, that of keys which can only read, and both. */
export async function withReader(options: HyperStoreOptions = {}, config: Properties = {}) {
  const emulator = await withIam(options);
  settle(emulator);
  const { url, password, iam, requests } = emulator;
  const admin = {
    hyperstoreEndpoint: url,
    hyperstorePassword: password,
    hyperstoreDefaultRegion: "region1",
    ...config,
  };
  const keys = {
    hyperstoreIamEndpoint: iam.url,
    hyperstoreReadOnlyAccessKey: iam.accessKey,
    hyperstoreReadOnlySecretKey: iam.secretKey,
    hyperstoreDefaultRegion: "region1",
    ...config,
  };
  /** What reached either service since the last time, as "GetCloudianGroup" and "PUT /group". */
  const seen = () => requests.splice(0).map(({ method, path, query }) => query.Action ?? `${method} ${path}`);
  return {
    ...emulator,
    admin: sessionWith(admin),
    reader: sessionWith(keys),
    both: sessionWith({ ...admin, ...keys }),
    keys,
    seen,
  };
}
