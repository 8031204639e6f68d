import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { findCredential, newCredential, ofUser, securityInfo } from "./keys.ts";
import { lacks } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import { addressIn, findUser } from "./users.ts";

const address = ["userId", "groupId", "canonicalUserId"];
const posting = ["userId", "groupId", "accessKey", "secretKey", "iamUser"];
const noKey = "Missing required parameters : {accessKey}";

export function credentialRoutes(context: Context): DocumentedRoute[] {
  const path = "/user/credentials";
  return [
    { method: "DELETE", path, query: ["accessKey"], handle: (call) => remove(context, call) },
    { method: "GET", path, query: ["accessKey"], handle: (call) => get(context, call) },
    {
      method: "GET",
      path: `${path}/list`,
      query: [...address, "isRootAccountOnly"],
      handle: (call) => list(context, call, false),
    },
    {
      method: "GET",
      path: `${path}/list/active`,
      query: address,
      handle: (call) => list(context, call, true),
    },
    { method: "POST", path, query: posting, handle: (call) => post(context, call) },
    {
      method: "POST",
      path: `${path}/status`,
      query: ["accessKey", "isActive"],
      handle: (call) => setStatus(context, call),
    },
    { method: "PUT", path, query: ["userId", "groupId"], handle: (call) => create(context, call) },
  ];
}

// 14.2
function remove({ state }: Context, call: Call): Answer {
  if (lacks(call, "accessKey")) return refuse(call, 400, noKey);
  const credential = findCredential(state, call.query.accessKey);
  if (!credential) return refuse(call, 400, "Invalid Access Key");
  state.credentials.delete(credential.accessKey);
  return done();
}

// 14.6
function get({ state }: Context, call: Call): Answer {
  if (lacks(call, "accessKey")) return refuse(call, 400, noKey);
  const credential = findCredential(state, call.query.accessKey);
  return credential ? json(securityInfo(state, credential)) : nothing();
}

// 14.7 and 14.8
function list({ state }: Context, call: Call, activeOnly: boolean): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const user = address.find(state);
  if (!user) return refuse(call, 400, "User/Group does not exist");
  const rootOnly = call.query.isRootAccountOnly === "true";
  const rows = ofUser(state, user)
    .filter(({ iamUser }) => !rootOnly || iamUser === undefined)
    .map((credential) => securityInfo(state, credential))
    .filter(({ active }) => active || !activeOnly);
  return rows.length > 0 ? json(rows) : nothing();
}

// 14.16. Between 409 and 403 the document sets no order: a key that exists is named before the limit.
function post({ state, credentialLimit }: Context, call: Call): Answer {
  if (lacks(call, "userId", "groupId", "accessKey", "secretKey")) {
    return refuse(call, 400, "Missing Required parameters : {userId, groupId, accessKey, secretKey}");
  }
  const { userId = "", groupId = "", accessKey = "", secretKey = "", iamUser } = call.query;
  const forIamUser = iamUser !== undefined;
  if (/,/.test(accessKey + secretKey) || (forIamUser && !/^[a-zA-Z0-9_]{16,128}$/.test(accessKey))) {
    return refuse(call, 400, "Invalid characters in accessKey or secretKey");
  }
  const user = findUser(state, groupId, userId);
  if (!user) return refuse(call, 400, "User does not exist");
  // A name that breaks the rules of 14.16.2 cannot exist either.
  if (forIamUser && !user.iamUsers.includes(iamUser)) return refuse(call, 400, "IAM user does not exist");
  if (findCredential(state, accessKey)) return refuse(call, 409, "Access Key already exists");
  // The account root user and each IAM user have a limit of their own.
  if (ofUser(state, user).filter((credential) => credential.iamUser === iamUser).length >= credentialLimit) {
    return refuse(call, 403, "Reached maximum number of credentials allowed");
  }
  const made = { ...newCredential(user.info.canonicalUserId), accessKey, secretKey };
  state.credentials.delete(accessKey); // of a deleted user: the new one goes to the end of the list
  state.credentials.set(accessKey, forIamUser ? { ...made, iamUser } : made);
  return done();
}

// 14.17. An omitted isActive means false.
function setStatus({ state }: Context, call: Call): Answer {
  if (lacks(call, "accessKey")) return refuse(call, 400, noKey);
  const credential = findCredential(state, call.query.accessKey);
  if (!credential) return refuse(call, 400, "Invalid Access Key");
  credential.active = call.query.isActive === "true";
  return done();
}

// 14.27. groupId is "optional" in 14.27.2 and missed in 14.27.5; the syntax has it without brackets.
function create({ state, credentialLimit }: Context, call: Call): Answer {
  if (lacks(call, "userId", "groupId"))
    return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const { userId = "", groupId = "" } = call.query;
  const user = findUser(state, groupId, userId);
  if (!user) return refuse(call, 400, "User does not exist");
  if (ofUser(state, user).filter(({ iamUser }) => iamUser === undefined).length >= credentialLimit) {
    return refuse(call, 403, "Reached maximum number of credentials allowed");
  }
  const credential = newCredential(user.info.canonicalUserId);
  state.credentials.set(credential.accessKey, credential);
  return json(securityInfo(state, credential));
}
