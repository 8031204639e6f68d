import type { Answer, Call } from "../kit/types.ts";
import type { Context } from "./context.ts";
import { fits, objectIn, type Shape } from "./request.ts";
import { done, json, refuse } from "./respond.ts";
import { emptyUser, type UserInfo } from "./state.ts";
import { addUser, findUser, isTaken } from "./users.ts";

const shape: Shape = {
  active: "string",
  address1: "string",
  address2: "string",
  canonicalUserId: "string",
  city: "string",
  country: "string",
  emailAddr: "string",
  fileEndpoints: "string",
  fullName: "string",
  groupId: "string",
  // Not in the document. The vendor's own driver sends it: taken, and not shown.
  groupuser: "string",
  ldapEnabled: "boolean",
  phone: "string",
  state: "string",
  userId: "string",
  userType: "string",
  website: "string",
  zip: "string",
};
const userTypes = ["User", "GroupAdmin", "SystemAdmin"];
const reservedIds = ["anonymous", "public", "null", "none", "admin", "0"];
const restricted = ["address1", "address2", "zip", "emailAddr", "website", "phone"] as const;
const problem = "Problem accessing /user";

type Profile = Partial<UserInfo> &
  Pick<UserInfo, "userId" | "groupId" | "userType"> & { fileEndpoints?: string };

// 14.26
export function createUser({ state, initialCredential, laterAttributes }: Context, call: Call): Answer {
  const profile = profileIn(call, laterAttributes);
  if (profile === "malformed") return refuse(call, 400, "Invalid JSON object");
  if (profile === "incomplete")
    return refuse(call, 400, "Missing required attributes : {userId, groupId, userType}");
  // "Mandatory" by 14.26.3, but 14.26.4 does not miss it. Released clients leave it out.
  const { fileEndpoints = "", ...info } = profile;
  const { userId, groupId, userType } = info;
  if (reservedIds.includes(userId)) return refuse(call, 400, `User Id is not allowed : ${userId}`);
  if (!isUserName(info)) return refuse(call, 400, "Invalid User Name");
  if (info.canonicalUserId !== undefined || !isAllowed(info) || !state.groups.has(groupId)) {
    return refuse(call, 400, problem);
  }
  // Whether the id of a user being deleted is free is not said: 14.26.3 has it free once the user "is deleted".
  if (isTaken(state, groupId, userId)) return refuse(call, 409, problem);
  const complete = { ...emptyUser(groupId, userId, userType), ...info };
  const user = addUser(state, complete, fileEndpoints, initialCredential);
  return json({ ...user.info, fileEndpoints });
}

// 14.15
export function changeUser({ state, laterAttributes }: Context, call: Call): Answer {
  const profile = profileIn(call, laterAttributes);
  if (profile === "malformed") return refuse(call, 400, "Invalid JSON object");
  if (profile === "incomplete")
    return refuse(call, 400, "Missing Required parameters : {userId, groupId, userType}");
  const { fileEndpoints = "", ...info } = profile;
  const user = findUser(state, info.groupId, info.userId);
  // The canonical id cannot be changed (14.15.2): with another one the request names no user.
  if (!user || (info.canonicalUserId ?? user.info.canonicalUserId) !== user.info.canonicalUserId) {
    return refuse(call, 400, "User does not exist");
  }
  if ((info.fullName ?? "").length > 64) return refuse(call, 400, "Invalid User Name");
  // User and GroupAdmin change into each other; SystemAdmin stays one because its group 0 is no other's.
  if (!isAllowed(info)) return refuse(call, 400, problem);
  const { active, canonicalUserId } = user.info;
  user.info = { ...emptyUser(info.groupId, info.userId, info.userType), active, canonicalUserId, ...info };
  user.fileEndpoints = fileEndpoints;
  return done();
}

function profileIn(call: Call, later: readonly string[]): Profile | "malformed" | "incomplete" {
  const body = objectIn(call);
  if (!body || !fits(body, shape, later)) return "malformed";
  const { groupuser: _, ...profile } = body as Profile & { groupuser?: string };
  // The vendor's own driver sends an empty one, which is none.
  if (profile.canonicalUserId === "") delete profile.canonicalUserId;
  if (!profile.userId || !profile.groupId || !profile.userType) return "incomplete";
  if (!userTypes.includes(profile.userType)) return "malformed";
  return ["true", "false"].includes(profile.active ?? "true") ? profile : "malformed";
}

// 14.26.3 "userId", and its note on system administrators.
function isUserName({ userId, userType, fullName = "" }: Profile): boolean {
  if (fullName.length > 64) return false;
  if (userType === "SystemAdmin") return /^[a-z]([a-z0-9_]{0,24}[a-z0-9])?$/.test(userId);
  return /^[A-Za-z0-9_.@-]{1,64}$/.test(userId);
}

// System administrators are in group "0" and nobody else is; some attributes may not hold some characters.
function isAllowed(info: Profile): boolean {
  if ((info.userType === "SystemAdmin") !== (info.groupId === "0")) return false;
  return restricted.every((name) => !/[`|;&><]/.test(info[name] ?? ""));
}
