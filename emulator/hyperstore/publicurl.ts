import { createHmac, randomBytes } from "node:crypto";
import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { ofUser } from "./keys.ts";
import { fits, lacks, objectIn, type Shape } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import { objectKey, type PublicUrl, type State, type StoredObject, type User } from "./state.ts";
import { findUser } from "./users.ts";

const path = "/permissions/publicUrl";
const query = ["userId", "groupId", "bucketName", "objectName"];
const shape: Shape = {
  allowRead: "boolean",
  // "Set by the system, not by the client" (8.1.5): accepted and ignored, since a client may send back what it got.
  currentDownloads: "number",
  expiryTime: "string",
  maxDownloadNum: "number",
  secure: "boolean",
  url: "string",
};
const malformed = "Invalid JSON object";

export function publicUrlRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "GET", path, query, handle: (call) => get(context, call) },
    { method: "POST", path, query, handle: (call) => post(context, call) },
  ];
}

/** 8.1. What is answered where there is no public URL is not said: 204, as most GET methods do. */
function get({ state }: Context, call: Call): Answer {
  const at = placeIn(state, call);
  if ("refused" in at) return refuse(call, 400, at.refused);
  // POST always makes a "new" URL (8.2.4), GET answers one: the last, a choice. The earlier ones keep working.
  const last = at.object?.publicUrls.at(-1);
  return last ? json(shown(last)) : nothing();
}

/** 8.2. The texts for an object that is missing, or encrypted with SSE-C, are a choice; so is the 400. */
function post({ state }: Context, call: Call): Answer {
  const at = placeIn(state, call);
  if ("refused" in at) return refuse(call, 400, at.refused);
  const { user, object } = at;
  if (!object) return refuse(call, 400, "Object does not exist");
  if (object.sseC) return refuse(call, 400, "Object is encrypted with SSE-C");
  const body = objectIn(call);
  if (!body || !isAccess(body)) return refuse(call, 400, malformed);
  const { url, expiryTime, allowRead = true, maxDownloadNum = 1000, secure = true } = body;
  const existing = object.publicUrls.find((each) => each.url === url);
  // A `url` that is no existing one's is neither of the two cases of 8.2.4.
  if (url !== undefined && !existing) return refuse(call, 400, "Public URL does not exist");
  const { trackingCode, currentDownloads } = existing ?? { trackingCode: newCode(), currentDownloads: 0 };
  const permissions = { allowRead, expiryTime, maxDownloadNum, secure };
  const signed = sign(state, user, object, { ...permissions, trackingCode });
  if (signed === undefined) return refuse(call, 400, "Object owner has no active credential");
  // `Expires` and the scheme are parts of the URL, so that an update changes it; only its tracking code stays. A choice.
  const made = { ...permissions, currentDownloads, trackingCode, url: signed };
  if (existing) Object.assign(existing, made);
  else object.publicUrls.push(made);
  return done();
}

/** Who and what a request is about. The object is undefined where there is none of that name. */
function placeIn(state: State, call: Call): { user: User; object?: StoredObject } | { refused: string } {
  if (lacks(call, ...query)) return { refused: `Missing required parameter : {${query.join(", ")}}` };
  const { userId = "", groupId = "", bucketName = "", objectName = "" } = call.query;
  const user = findUser(state, groupId, userId);
  if (!user) return { refused: "User does not exist" };
  const object = state.objects.get(objectKey(bucketName, objectName));
  const ownsBoth =
    user.buckets.some((bucket) => bucket.bucketName === bucketName) &&
    (object?.owner ?? user.info.canonicalUserId) === user.info.canonicalUserId;
  // "Rejected with a 400 error response" (8.1.2), which the list of codes does not have: the text is a choice.
  if (!ownsBoth) return { refused: "Bucket owner is not the object owner" };
  return object ? { user, object } : { user };
}

type Access = Partial<Omit<PublicUrl, "trackingCode">> & Pick<PublicUrl, "expiryTime">;

function isAccess(body: Record<string, unknown>): body is Access & Record<string, unknown> {
  const { expiryTime, maxDownloadNum = -1 } = body;
  return (
    fits(body, shape) &&
    /^\d{1,15}$/.test(String(expiryTime)) &&
    Number.isInteger(maxDownloadNum) &&
    Number(maxDownloadNum) >= -1
  );
}

const shown = ({ trackingCode: _, ...access }: PublicUrl) => access;

/** As the sample of 8.1.4 has it: 21 digits in base64. */
function newCode(): string {
  const digits = BigInt(`0x${randomBytes(8).toString("hex")}`)
    .toString()
    .padStart(21, "0");
  return Buffer.from(digits).toString("base64");
}

/**
 * "The AWS specification for signed URLs" (8.1.5), signature version 2, with the host and path of the sample rather
 * than the bucket as a host name. Undefined where the owner has no key to sign with.
 */
function sign(
  state: State,
  user: User,
  { bucketName, objectName }: StoredObject,
  { expiryTime, secure, trackingCode }: Pick<PublicUrl, "expiryTime" | "secure" | "trackingCode">,
): string | undefined {
  const key = ofUser(state, user).find(({ active, iamUser }) => active && iamUser === undefined);
  const region = user.buckets.find((bucket) => bucket.bucketName === bucketName)?.region;
  if (!key) return undefined;
  const resource = `/${bucketName}/${objectName.split("/").map(encodeURIComponent).join("/")}`;
  const expires = Math.floor(Number(expiryTime) / 1000);
  const signature = createHmac("sha1", key.secretKey)
    .update(`GET\n\n\n${expires}\n${resource}`)
    .digest("base64");
  const parameters = `AWSAccessKeyId=${key.accessKey}&Expires=${expires}&Signature=${encodeURIComponent(signature)}`;
  const host = `s3-${region}.mycloudianhyperstore.com`;
  return `http${secure ? "s" : ""}://${host}${resource}?${parameters}&x-amz-pt=${trackingCode}`;
}
