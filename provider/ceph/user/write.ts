import type { WriteContext } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { accessOf, accessToWire } from "../access.ts";
import { capChanges, capsOf } from "../capset.ts";
import type { Radosgw } from "../client/calls.ts";
import { putQuota, putQuotas } from "../client/quota.ts";
import {
  addCaps,
  createSubuser,
  deleteSubuser,
  deleteSwiftKey,
  modifySubuser,
  modifyUser,
  putSwiftKey,
  removeCaps,
} from "../client/user.ts";
import type { QuotaInfo, UserInfo } from "../client/wire.ts";
import { isSameQuota, type Quota, quotaOf, quotaToWire } from "../limits.ts";
import { newSecret } from "../secrets.ts";
import type { Inputs, Outputs } from "./fields.ts";
import { profileQuery, refusalOf } from "./profile.ts";
import { writeRateLimit } from "./ratelimit.ts";
import { type Found, outputsOf, subuserIn } from "./read.ts";
import { writeKeys } from "./writekeys.ts";

type Writing = WriteContext<Outputs>;
type SwiftKeys = NonNullable<Outputs["swiftKeys"]>;

/** Makes of the user what the program says, with the requests that this takes; `found` is how it is now. */
export async function writeUser(
  api: Radosgw,
  want: Inputs,
  found: Found,
  { swiftKeys = {} }: Partial<Outputs>,
  ctx: Writing,
): Promise<Outputs> {
  const isToGo = (name: string) =>
    !Object.hasOwn(want.subusers, name) && (want.exclusive || found.subusers.includes(name));
  const staying = found.user.subusers.map(({ id }) => subuserIn(id)).filter((name) => !isToGo(name));
  rejectOrphans(want, staying);
  // Until all is done, what is new is the program's as well as what is to go.
  ctx.updated({
    managed: {
      subusers: union(found.subusers, Object.keys(want.subusers)),
      caps: union(found.caps, Object.keys(want.caps)),
    },
  });
  const user = structuredClone(await writeProfile(api, want, found.user));
  const rotations = await writeSubusers(api, want, user, swiftKeys, ctx);
  const { credentials, others } = await writeKeys(api, want, { ...found, user }, ctx);
  await writeCaps(api, want, user, found.caps);
  await writeQuotas(api, want, user);
  await writeRateLimit(api, want, found.rateLimit);
  for (const { id } of user.subusers) {
    const name = subuserIn(id);
    if (!isToGo(name)) continue;
    await deleteSubuser(api, want.uid, name);
    user.subusers = user.subusers.filter((each) => each.id !== id);
  }
  const now = {
    user,
    keys: { keys: {}, leftovers: [], others },
    subusers: Object.keys(want.subusers),
    caps: Object.keys(want.caps),
  };
  return outputsOf(now, credentials, { exclusive: want.exclusive, swiftKeys: rotations });
}

/** A key of a subuser that is not there is made all the same, and goes with none (measured on 16.2.15 to 20.2.4). */
export function rejectOrphans({ uid, keys, subusers }: Inputs, staying: readonly string[]): void {
  for (const [name, { subuser }] of Object.entries(keys))
    if (subuser !== undefined && !Object.hasOwn(subusers, subuser) && !staying.includes(subuser))
      throw new ProviderError(
        "refused",
        `Ceph User "${uid}": keys.${name} is for subuser "${subuser}", whom the user does not have: list it in subusers too`,
      );
}

const union = (one: string[], other: string[]) => [...new Set([...one, ...other])];

async function writeProfile(api: Radosgw, want: Inputs, user: UserInfo): Promise<UserInfo> {
  const query = profileQuery(want, user);
  if (Object.keys(query).length === 0) return user;
  const made = await modifyUser(api, want.uid, query);
  if (typeof made === "string") throw refusalOf(made, want);
  return made;
}

async function writeSubusers(
  api: Radosgw,
  { uid, subusers }: Inputs,
  user: UserInfo,
  was: SwiftKeys,
  ctx: Writing,
): Promise<SwiftKeys> {
  const swiftKeys = { ...was };
  for (const [name, { access, swift, swiftSecretKey, rotate }] of Object.entries(subusers)) {
    const id = `${uid}:${name}`;
    const there = user.subusers.find((each) => each.id === id);
    const held = user.swift_keys.find((each) => each.user === id)?.secret_key;
    // Of one that was imported nobody knows it: a first text changes nothing then.
    const before = was[name]?.rotate;
    const isNewText = before !== undefined && before !== (rotate ?? "");
    const isRotated = held !== undefined && swiftSecretKey === undefined && isNewText;
    const secretKey = swiftSecretKey ?? (isRotated ? newSecret() : (held ?? newSecret()));
    if (!there) {
      await createSubuser(api, uid, name, { access: accessToWire(access), secretKey });
      user.subusers.push({ id, permissions: access });
    } else if (accessOf(there.permissions) !== access)
      await modifySubuser(api, uid, name, { access: accessToWire(access) });
    const made = there ? held : secretKey;
    if (swift && made !== secretKey) await putSwiftKey(api, uid, name, secretKey);
    if (!swift && made !== undefined) await deleteSwiftKey(api, uid, name);
    user.swift_keys = user.swift_keys.filter((each) => each.user !== id);
    if (!swift) continue;
    user.swift_keys.push({ user: id, secret_key: secretKey });
    swiftKeys[name] = { user: id, secretKey, rotate: rotate ?? "" };
    ctx.updated({ swiftKeys });
  }
  return swiftKeys;
}

async function writeCaps(
  api: Radosgw,
  { uid, caps, exclusive }: Inputs,
  user: UserInfo,
  managed: string[],
): Promise<void> {
  const now = capsOf(user.caps);
  const own = Object.fromEntries(
    Object.entries(now).filter(([type]) => exclusive || managed.includes(type) || Object.hasOwn(caps, type)),
  );
  const { add, remove } = capChanges(own, caps);
  if (add) await addCaps(api, uid, add);
  if (remove) await removeCaps(api, uid, remove);
  const others = Object.entries(now).filter(([type]) => !Object.hasOwn(own, type));
  user.caps = [...others, ...Object.entries(caps)].map(([type, perm]) => ({ type, perm }));
}

async function writeQuotas(
  api: Radosgw,
  { uid, userQuota, bucketQuota }: Inputs,
  { user_quota, bucket_quota }: UserInfo,
): Promise<void> {
  const differs = (want: Quota | undefined, was: QuotaInfo): want is Quota =>
    want !== undefined && !isSameQuota(want, quotaOf(was));
  const ofUser = differs(userQuota, user_quota) ? quotaToWire(userQuota, user_quota) : undefined;
  const ofBucket = differs(bucketQuota, bucket_quota) ? quotaToWire(bucketQuota, bucket_quota) : undefined;
  if (ofUser && ofBucket) await putQuotas(api, uid, { user_quota: ofUser, bucket_quota: ofBucket });
  else if (ofUser) await putQuota(api, uid, "user", ofUser);
  else if (ofBucket) await putQuota(api, uid, "bucket", ofBucket);
}
