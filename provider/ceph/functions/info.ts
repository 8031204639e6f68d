import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { getInfo as askInfo } from "../client/info.ts";
import { ceph } from "../system.ts";

export const getInfo = providerFunction({
  token: "tenantry:ceph:getInfo",
  describe:
    "Which storage is behind the radosgw. It takes the capability `info=read`; an error on releases before Reef, which have neither. Admin Ops, Info.",
  inputs: z.strictObject({}),
  outputs: z.object({
    storageBackends: z
      .array(
        z
          .object({
            name: z.string().describe("Sort of storage, such as `rados`."),
            clusterId: z
              .string()
              .describe("Id of the cluster, as `ceph fsid` prints it. Admin Ops, Info, `cluster_id`."),
          })
          .meta({ title: "StorageBackend" }),
      )
      .describe("The storage, usually one cluster. Admin Ops, Info."),
  }),
  connect: ceph,
  async call(api) {
    const { storage_backends } = await askInfo(api);
    return {
      storageBackends: storage_backends.map(({ name, cluster_id }) => ({ name, clusterId: cluster_id })),
    };
  },
});
