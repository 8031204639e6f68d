import { onTestFinished } from "vitest";
import { listUsers } from "../../../provider/ceph/functions/users.ts";
import { sessionWith } from "../../hyperstore/kit.ts";
import { type List, names } from "../list.ts";
import { key, startLittle } from "./little.ts";

export const paged: readonly List[] = [
  {
    name: listUsers.token,
    limit: 1000,
    isEndTold: false,
    async start(size) {
      const rows = names(size);
      const little = await startLittle({ uids: [...rows].reverse() });
      onTestFinished(little.close);
      const { ask } = sessionWith({
        cephEndpoint: little.url,
        cephAccessKey: key.accessKey,
        cephSecretKey: key.secretKey,
      });
      return {
        rows,
        ask: async () => (await ask(listUsers)).uids as string[],
        count: () => little.requests.length,
      };
    },
  },
];

/** Functions whose lists come in one answer. */
export const whole: readonly string[] = [
  "getUser",
  "getUsage",
  "listBuckets",
  "getBucketPolicy",
  "getObjectPolicy",
  "checkBucketIndex",
  "getInfo",
].map((name) => `tenantry:ceph:${name}`);
