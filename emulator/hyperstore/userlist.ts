import type { Answer, Call } from "../kit/types.ts";
import type { Context } from "./context.ts";
import { isLocked } from "./lock.ts";
import { enabled } from "./mfa.ts";
import { page } from "./paging.ts";
import { lacks } from "./request.ts";
import { json, refuse } from "./respond.ts";
import type { User } from "./state.ts";
import { statusOf } from "./status.ts";
import { shownProfile } from "./users.ts";

const types = ["admin", "user", "all"];
const statuses = ["active", "inactive", "deleted", "deleting", "all"];

// 14.10
export function listUsers({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId", "userType", "userStatus")) {
    return refuse(call, 400, "Missing required parameters : {groupId, userType, userStatus}");
  }
  const { groupId, userType = "", userStatus = "", extended } = call.query;
  if (!types.includes(userType))
    return refuse(call, 400, "Invalid user type. Valid values {admin, user, all}");
  if (!statuses.includes(userStatus)) {
    // Two more are valid; the text is the document's.
    return refuse(call, 400, "Invalid user status. Valid values {active, inactive, all}");
  }
  const users = [...state.users.values()].filter(
    (user) => user.info.groupId === groupId && isOfType(user, userType) && hasStatus(user, userStatus),
  );
  const rows = page(users, ({ info }) => info.userId, call.query);
  if (!rows) return refuse(call, 400, "Invalid limit");
  return json(rows.map(extended === "true" ? extendedProfile : shownProfile));
}

// The document names what `extended` adds, not its attributes. MFA is added only to users who have it.
function extendedProfile(user: User) {
  const [mfa] = enabled(user);
  const added = mfa && { mfaEnableDate: mfa.enableDate, mfaSerialNumber: mfa.serialNumber };
  return { ...shownProfile(user), locked: isLocked(user), ...added };
}

// "admin" are group administrators, or system administrators in group 0: whoever is no regular user.
function isOfType({ info }: User, userType: string): boolean {
  return userType === "all" || (userType === "user") === (info.userType === "User");
}

function hasStatus(user: User, userStatus: string): boolean {
  const status = statusOf(user);
  return userStatus === "all" ? status === "active" || status === "inactive" : status === userStatus;
}
