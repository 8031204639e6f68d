import { ProviderError } from "../resource/errors.ts";
import type { Radosgw } from "./client/calls.ts";
import { getUser } from "./client/user.ts";
import type { KeyInfo, UserInfo } from "./client/wire.ts";

/** The user that something is to belong to, which must be there first. */
export async function ownerOf(api: Radosgw, uid: string, thing: string): Promise<UserInfo> {
  const user = await getUser(api, uid);
  if (user) return user;
  throw new ProviderError(
    "refused",
    `${thing} cannot be made: there is no user "${uid}". If this program makes it (ceph.User), ${comesFirst}`,
  );
}

/** A key of a subuser that is not there is made all the same, and belongs to nobody (measured on 16.2.15 to 20.2.4). */
export function rejectMissingSubuser(user: UserInfo, uid: string, name: string, thing: string): void {
  if (user.subusers.some(({ id }) => id === `${uid}:${name}`)) return;
  throw new ProviderError(
    "refused",
    `${thing} cannot be made: user "${uid}" has no subuser "${name}". If this program makes it (ceph.Subuser, or ceph.User), ${comesFirst}`,
  );
}

const comesFirst = "refer to its outputs, or name it in dependsOn, so that it comes first";

/** Without the uid; undefined for what is the user's own. */
export const subuserOf = ({ user }: Pick<KeyInfo, "user">): string | undefined =>
  user.includes(":") ? user.slice(user.indexOf(":") + 1) : undefined;
