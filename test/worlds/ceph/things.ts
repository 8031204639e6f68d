import type { BucketInfo, QuotaInfo, UserInfo } from "../../../provider/ceph/client/wire.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { type Access, ask, encoded, must } from "../../ceph/support/ask.ts";
import type { Look } from "../world.ts";
import { type Thing, unique } from "./native.ts";

/** A user with all that belongs to it. */
export const user = (uid: string): Thing => ({
  key: `user ${uid}`,
  async look(access) {
    const answer = await ask(access, "GET", `/admin/user?uid=${encoded(uid)}`);
    if (answer.status === 404) return undefined;
    const { display_name, email, suspended, max_buckets, op_mask, caps, ...info } = answer.json() as UserInfo;
    const { default_placement, default_storage_class, placement_tags, user_quota, bucket_quota } = info;
    return {
      profile: { display_name, email, suspended, max_buckets, op_mask },
      placement: { default_placement, default_storage_class, placement_tags },
      caps,
      quotas: { user_quota, bucket_quota },
      subusers: info.subusers,
      keys: info.keys.map(
        ({ user: owner, access_key }) => `${owner} ${isChosen(access_key) ? "chosen" : access_key}`,
      ),
      swiftKeys: info.swift_keys.map(({ user: owner }) => owner),
      rateLimit: await rateLimitOf(access, uid),
    };
  },
  async remove(access) {
    const query = `uid=${encoded(uid)}`;
    if ((await ask(access, "GET", `/admin/user?${query}`)).status !== 404)
      await must(access, "DELETE", `/admin/user?${query}&purge-data=true`);
  },
});

/** By ceph.Key, for which it follows also from the key that it replaces: as good as random. How many there are counts. */
const isChosen = (accessKey: string) => /^[A-Z2-7]{20}$/.test(accessKey);

async function rateLimitOf(access: Access, uid: string): Promise<unknown> {
  const answer = await ask(access, "GET", `/admin/ratelimit?ratelimit-scope=user&uid=${encoded(uid)}`);
  return answer.status === 200 ? answer.json() : undefined;
}

/** The user whom a program is about. */
export const makeOwner = async (access: Access, { uid }: Properties): Promise<Thing[]> => [
  await makeUser(access, String(uid)),
];

export async function makeSubuser(access: Access, uid: string, name: string): Promise<void> {
  const query = `uid=${encoded(uid)}&subuser=${encoded(name)}&access=full`;
  await must(access, "PUT", `/admin/user?${query}`);
}

/** Makes a user for others to work on. */
export async function makeUser(access: Access, uid: string): Promise<Thing> {
  const there = await ask(access, "GET", `/admin/user?uid=${encoded(uid)}`);
  if (there.status === 404)
    await must(access, "PUT", `/admin/user?uid=${encoded(uid)}&display-name=owner&generate-key=false`);
  return user(uid);
}

/** A bucket that its owner need not own any more. */
export const bucket = (name: string): Thing => ({
  key: `bucket ${name}`,
  async look(access) {
    const answer = await ask(access, "GET", `/admin/bucket?bucket=${encoded(name)}`);
    if (answer.status === 404) return undefined;
    const { owner, bucket_quota } = answer.json() as BucketInfo;
    const [plain, tenant = ""] = name.split("/").reverse();
    const rateLimit = await ask(
      access,
      "GET",
      `/admin/ratelimit?ratelimit-scope=bucket&bucket=${plain}&tenant=${tenant}`,
    );
    return { owner, bucket_quota, rateLimit: rateLimit.status === 200 ? rateLimit.json() : undefined };
  },
  remove: (access) => ask(access, "DELETE", `/admin/bucket?bucket=${encoded(name)}&purge-objects=true`),
});

export const uniqueBucket = (isTenanted: boolean, tenant = "law"): string =>
  `${isTenanted ? `${tenant}/` : ""}bucket-${unique()}`;

/** What a program needs, and nothing that the world may do changes: a census need not ask for it. */
export const untouched = (thing: Thing): Thing => ({ ...thing, look: async () => undefined });

/** Makes a bucket for others to work on, and its owner, who signs for it: the admin API makes none. */
export async function makeBucket(access: Access, name: string): Promise<Thing[]> {
  const [plain = "", tenant] = name.split("/").reverse();
  const owner = `${tenant === undefined ? "" : `${tenant}$`}owner of ${plain}`;
  const key = { accessKey: `KEY${plain}`, secretKey: "secret-of-a-test" };
  const there = await ask(access, "GET", `/admin/user?uid=${encoded(owner)}`);
  if (there.status === 404) {
    const pair = `access-key=${key.accessKey}&secret-key=${key.secretKey}`;
    await must(access, "PUT", `/admin/user?uid=${encoded(owner)}&display-name=owner&${pair}`);
    await must({ ...access, ...key }, "PUT", `/${plain}`);
  }
  return [untouched(user(owner)), bucket(name)];
}

/** An account, without what it owns. */
export const account = (id: string): Thing => ({
  key: `account ${id}`,
  async look(access) {
    const answer = await ask(access, "GET", `/admin/account?id=${id}`);
    return answer.status === 404 ? undefined : answer.status;
  },
  remove: (access) => ask(access, "DELETE", `/admin/account?id=${id}`),
});

/** Sets of a quota what no field of ours says: how its bytes are counted. */
export async function plantedIn(access: Access, path: string, get: () => Promise<QuotaInfo>): Promise<Look> {
  await must(access, "PUT", path, JSON.stringify({ ...(await get()), check_on_raw: true }));
  return async () => (await get()).check_on_raw;
}
