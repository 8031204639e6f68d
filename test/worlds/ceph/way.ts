import { expect } from "vitest";
import type { Radosgw } from "../../../provider/ceph/client/calls.ts";
import { deleteUser, getUser } from "../../../provider/ceph/client/user.ts";
import { ceph } from "../../../provider/ceph/system.ts";
import type { Way } from "../way.ts";
import { key, startLittle } from "./little.ts";

const entry = "operations";

export const adminOps: Way<Radosgw> = {
  name: "Ceph's Admin Ops API",
  system: ceph,
  async start(options) {
    const little = await startLittle({ ...options, entry });
    const credentials = { cephAccessKey: key.accessKey, cephSecretKey: key.secretKey };
    return { ...little, config: { cephEndpoint: little.url, cephAdminEntry: entry, ...credentials } };
  },
  address: "endpoint",
  credentials: ["accessKey", "secretKey"],
  read: (api, nth) => getUser(api, `user${nth}`),
  write: (api) => deleteUser(api, "nobody", false),
  trials: {
    async adminEntry({ start, open }) {
      const { config } = await start();
      await open(config, entry).read();
      await expect(open(config, "elsewhere").read()).rejects.toThrow(/answered 404/);
      await expect(open(config, undefined).read(), "admin").rejects.toThrow(/answered 404/);
    },
  },
};
