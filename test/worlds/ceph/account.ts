import fc from "fast-check";
import type { Properties, Value } from "../../../provider/resource/value.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, unique } from "./native.ts";
import { account as accountThing } from "./things.ts";

const most = 2 ** 31 - 1;
const within = (quota: Value | undefined): Properties | undefined => {
  if (quota === undefined) return undefined;
  const { enabled, maxSizeBytes, maxObjects } = quota as Record<string, never>;
  const small = (limit: number | undefined) => limit && limit % most;
  return present({ enabled, maxSizeBytes: small(maxSizeBytes), maxObjects: small(maxObjects) });
};

export const account: Native = {
  since: "tentacle",
  inputs: (random) =>
    fc
      .tuple(random, fc.constantFrom(undefined, "law"), fc.integer({ min: 0, max: 999_999 }))
      .map(([inputs, tenant, number]) =>
        present({
          ...inputs,
          tenant,
          name: `${inputs.name}${unique()}`,
          email: inputs.email === undefined ? undefined : `${inputs.email}${unique()}`,
          accountId: inputs.accountId === undefined ? undefined : uniqueId(number),
          quota: within(inputs.quota),
          bucketQuota: within(inputs.bucketQuota),
        }),
      ),
  traces: ({ path, query }) => (path === "/admin/account" && query.id ? [accountThing(query.id)] : []),
};

let count = 0;
const uniqueId = (random: number): string =>
  `RGW${String(process.pid % 1e6).padStart(6, "0")}${String(random).padStart(6, "0")}${String(++count % 1e5).padStart(5, "0")}`;
