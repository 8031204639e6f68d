import { isDeepStrictEqual } from "node:util";
import { startRadosgwProxy } from "../../../emulator/ceph/index.ts";
import type { RecordedRequest } from "../../../emulator/kit/record.ts";
import { mapProperties } from "../../../provider/resource/value.ts";
import { type Access, decodesTwice } from "../../ceph/support/ask.ts";
import type { Homeland, Look, Pair, World } from "../world.ts";
import { account } from "./account.ts";
import { bucketOwner, bucketQuota } from "./bucket.ts";
import { caps } from "./caps.ts";
import { key } from "./key.ts";
import { type Native, type Release, type Thing, unique } from "./native.ts";
import { quota } from "./quota.ts";
import { rateLimit } from "./ratelimit.ts";
import { subuser } from "./subuser.ts";
import { user } from "./user.ts";

const natives: Readonly<Record<string, Native>> = {
  "tenantry:ceph:User": user,
  "tenantry:ceph:Subuser": subuser,
  "tenantry:ceph:Key": key,
  "tenantry:ceph:Caps": caps,
  "tenantry:ceph:Quota": quota,
  "tenantry:ceph:BucketQuota": bucketQuota,
  "tenantry:ceph:BucketOwner": bucketOwner,
  "tenantry:ceph:RateLimit": rateLimit,
  "tenantry:ceph:Account": account,
};

/** The first release that has a resource. */
export const sinceOf = (token: string): Release => natives[token]?.since ?? "pacific";

/**
 * A real radosgw of a release, and a second one that is another system. Worlds share them: each is a proxy of its own,
 * and knows what its own requests may have made.
 */
export const cephOn = (
  release: Release,
  systems: { here(): Promise<Access>; elsewhere(): Promise<Access> },
): Homeland => ({
  system: "ceph",
  isShared: true,
  // A PUT of a subuser that there is gives it a new Swift key (measured).
  writtenOver: ["tenantry:ceph:Subuser"],
  start: async ({ identity } = {}) => worldOf(await (identity ? systems.elsewhere() : systems.here())),
  examples: {
    // A capital letter beyond ASCII was once sent with every update.
    "tenantry:ceph:User": [withEmail("É@Example.com"), withEmail("a@example.com")],
  },
  sharing: mapProperties(natives, ({ sharing }) => sharing ?? ((program) => program)),
  inputs: mapProperties(
    natives,
    ({ inputs }) =>
      (random) =>
        inputs(random, release),
  ),
});

function withEmail(email: string): Pair {
  const user = { uid: unique(), displayName: "example", exclusive: true };
  return [{ ...user, email: `${unique()}${email}` }, user];
}

async function worldOf(access: Access): Promise<World> {
  const secrets = new Set([access.secretKey]);
  const proxy = await startRadosgwProxy({
    target: access.endpoint,
    onAnswer: (_call, text) => {
      for (const [, secret = ""] of text.matchAll(/"secret_key":\s*"([^"]+)"/g)) secrets.add(secret);
    },
  });
  /** What others have made for this world's programs, as it was then. */
  const prepared = new Map<string, { thing: Thing; before: unknown }>();

  const isDecodedAgain = await decodesTwice(access);

  function things(): Thing[] {
    const requests = isDecodedAgain ? proxy.requests.map(decodedAgain) : proxy.requests;
    const made = requests.flatMap((request) =>
      Object.values(natives).flatMap(({ traces }) => traces?.(request) ?? []),
    );
    const all = [...made, ...[...prepared.values()].map(({ thing }) => thing)];
    return [...new Map(all.map((thing) => [thing.key, thing])).values()];
  }
  async function changed(by: Promise<Thing[]> | undefined): Promise<Look | undefined> {
    const changed = await by;
    for (const thing of changed ?? []) prepared.set(thing.key, { thing, before: await thing.look(access) });
    return changed && (() => Promise.all(changed.map(({ look }) => look(access))));
  }
  return {
    config: {
      cephEndpoint: proxy.url,
      cephAccessKey: access.accessKey,
      cephSecretKey: access.secretKey,
      cephRequestTimeout: 60,
    },
    faults: proxy.faults,
    requests: proxy.requests,
    async prepare(token, program) {
      for (const thing of (await natives[token]?.prepare?.(access, program)) ?? [])
        if (!prepared.has(thing.key)) prepared.set(thing.key, { thing, before: await thing.look(access) });
    },
    async census() {
      const looks = things().map(async ({ key, look }) => [key, await look(access)] as const);
      const found = await Promise.all(looks);
      return Object.fromEntries(
        found.filter(([key, now]) => !isDeepStrictEqual(now, prepared.get(key)?.before)),
      );
    },
    secrets: () => [...secrets],
    hidden: () => ({}),
    others: {
      plant: async (token, id) => natives[token]?.plant?.(access, id),
      fill: (token, id) => changed(natives[token]?.fill?.(access, id)),
      giveAway: (token, id) => changed(natives[token]?.giveAway?.(access, id)),
    },
    async close() {
      await proxy.close();
      for (const thing of things().reverse()) await thing.remove(access);
    },
  };
}

/** A request as a radosgw understands it that decodes parameters twice. */
const decodedAgain = (request: RecordedRequest): RecordedRequest => ({
  ...request,
  query: Object.fromEntries(
    Object.entries(request.query).map(([name, value]) => [
      name,
      value.replace(/%(25|2B)/g, decodeURIComponent),
    ]),
  ),
});
