import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { type Context, joinId, resource, splitId } from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { immutable, secret } from "../resource/fields.ts";
import { done, refusal } from "./answers.ts";
import { accessIn, isEnabled } from "./client/publicurl.ts";
import type { HyperStore } from "./client.ts";
import { flag, groupId, userId } from "./rules.ts";
import { hyperstore } from "./system.ts";
import type { ObjectKey, PublicUrlAccess, PublicUrlPermissions } from "./wire.ts";

const [first, last] = [0, Date.UTC(9999, 11, 31, 23, 59, 59)];

/** A date rather than the wire's milliseconds, so that a program and its diffs can be read. One time has one form. */
const time = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: ({ input }) =>
      input === undefined
        ? undefined
        : "must be a date and a time with seconds and zone, such as 2030-01-31T12:00:00Z",
  })
  .refine((text) => Date.parse(text) >= first && Date.parse(text) <= last, {
    error: "must be between the years 1970 and 9999",
  })
  .transform((text) => inSeconds(Date.parse(text)));

const inputs = z.strictObject({
  groupId: immutable(groupId).describe("Group of the user who owns the object. Section 8.2.2."),
  userId: immutable(userId).describe("User who owns the object, and its bucket. Section 8.2.2."),
  bucketName: immutable(
    z.string().regex(/^[^/\s]{1,255}$/, { error: "must be the name of a bucket" }),
  ).describe("Bucket that holds the object; its owner must be the object's. Section 8.2.2."),
  objectName: immutable(z.string().min(1)).describe(
    "Name (key) of the object, as it is and not URL-encoded. The object must exist, and may not be encrypted with a key of the user's own (SSE-C). Sections 8.2.2 and 8.2.3.",
  ),
  expiryTime: time.describe(
    "When the URL stops working: an ISO 8601 date and time with its zone, such as `2030-01-31T12:00:00Z`, in whole seconds (a fraction is dropped: the URL itself counts in seconds). A date that is computed anew in each run is a change in each run. Section 8.2.5.",
  ),
  maxDownloadNum: z
    .int()
    .min(-1)
    .refine((count) => count !== 0, { error: "must be at least 1, or -1 for no limit" })
    .default(1000)
    .describe("Most downloads by the URL, of all people together; -1 for no limit. Section 8.2.5."),
  secure: z
    .boolean()
    .default(true)
    .describe("Whether the URL is one of HTTPS rather than of HTTP. Section 8.2.5."),
});
type Inputs = z.output<typeof inputs>;

const outputs = z.object({
  url: secret(z.string()).describe(
    "The public URL. Whoever has it can read the object. It holds the owner's access key, and another one takes its place when `expiryTime` or `secure` changes. Section 8.1.5.",
  ),
  currentDownloads: z.number().describe("Downloads by the URL so far, counted by the system. Section 8.1.5."),
});
type Outputs = z.output<typeof outputs>;

export const PublicUrl = resource({
  token: "tenantry:hyperstore:PublicUrl",
  describe:
    "A public URL of an S3 object: whoever has it can read the object, until it expires or its downloads are used up. Nothing deletes a public URL, so deleting the resource forbids to read by it; creating the resource makes a new URL, and never enables an old one again. Admin API 8.2, chapter 8.",
  example: {
    groupId: "QA",
    userId: "John",
    bucketName: "reports",
    objectName: "2030/summary.pdf",
    expiryTime: "2031-01-31T12:00:00Z",
  },
  inputs,
  outputs,
  connect: hyperstore,
  id: ({ groupId, userId, bucketName, objectName }) => joinId(groupId, userId, bucketName, objectName),

  async create(api, want, ctx) {
    const id = joinId(want.groupId, want.userId, want.bucketName, want.objectName);
    const object = objectOf(id);
    const before = await look(api, object);
    if (isEnabled(before)) throw new AlreadyExists(id, "the object has a public URL that is enabled");
    warnOfPast(want, ctx);
    const response = await api.makePublicUrl(object, permissionsOf(want), before?.url ?? undefined);
    if (!response) throw new AlreadyExists(id, "somebody else has just made a public URL of the object");
    if (response.status === 400)
      throw new ProviderError(
        "refused",
        `no public URL can be made of "${id}": the user must exist, have a credential, and own both the object and its bucket, and the object must exist and not be encrypted with SSE-C (section 8.2.3). ${refusal(response).message}`,
      );
    done(response);
    ctx.created(id);
    return shownNow(api, object, id);
  },

  async read(api, id, ctx) {
    const object = objectOf(id);
    const access = await look(api, object);
    if (!isEnabled(access)) return undefined;
    const outputs = outputsOf(access);
    if (isAnother(ctx.state.url, outputs.url))
      ctx.log(
        `object "${id}" got another public URL outside of Pulumi. The API shows only one of an object, so the one in the state can be neither read nor forbidden any more, and may still work until it expires`,
        "warn",
      );
    const { expiryTime, maxDownloadNum = 1000, secure = true } = access;
    return {
      inputs: {
        ...object,
        expiryTime: inSeconds(Number(expiryTime)),
        maxDownloadNum: Number(maxDownloadNum),
        secure: flag(secure),
      },
      outputs,
    };
  },

  async update(api, id, want, was, ctx) {
    if (isDeepStrictEqual(want, was.inputs)) return was.outputs;
    warnOfPast(want, ctx);
    const object = objectOf(id);
    await api.changePublicUrl(object, { ...permissionsOf(want), url: was.outputs.url });
    return shownNow(api, object, id);
  },

  async delete(api, id) {
    const object = objectOf(id);
    const access = await look(api, object);
    if (!isEnabled(access)) return;
    const { url, expiryTime = String(Date.now()), maxDownloadNum = 1000, secure = true } = access;
    await api.changePublicUrl(object, {
      allowRead: false,
      expiryTime: String(expiryTime),
      maxDownloadNum: Number(maxDownloadNum),
      secure: flag(secure),
      url,
    });
  },
});

const objectOf = (id: string): ObjectKey => splitId(id, "groupId", "userId", "bucketName", "objectName");

/** Undefined where there is no public URL, be it because the user or the bucket is gone. */
async function look(api: HyperStore, object: ObjectKey): Promise<PublicUrlAccess | undefined> {
  const response = await api.getPublicUrl(object);
  if (response.status === 400 && !(await ownsBucket(api, object))) return undefined;
  return accessIn(response);
}

async function ownsBucket(api: HyperStore, { groupId, userId, bucketName }: ObjectKey): Promise<boolean> {
  const owners = await api.listBuckets(groupId);
  const own = owners.find((each) => each.userId === userId)?.buckets ?? [];
  return own.some((bucket) => bucket.bucketName === bucketName);
}

/** POST answers no URL (section 8.2.4). */
async function shownNow(api: HyperStore, object: ObjectKey, id: string): Promise<Outputs> {
  const access = await look(api, object);
  if (!isEnabled(access))
    throw new ProviderError("unavailable", `the public URL of "${id}" is set, and not shown yet: run again`);
  return outputsOf(access);
}

const outputsOf = ({ url, currentDownloads = 0 }: PublicUrlAccess & { url: string }): Outputs => ({
  url,
  currentDownloads: Number(currentDownloads),
});

const permissionsOf = ({ expiryTime, maxDownloadNum, secure }: Inputs): PublicUrlPermissions => ({
  allowRead: true,
  expiryTime: String(Date.parse(expiryTime)),
  maxDownloadNum,
  secure,
});

/** What is no time stays what it is, for the diff to show. */
function inSeconds(milliseconds: number): string {
  if (!(milliseconds >= first && milliseconds < last + 1000)) return String(milliseconds);
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

function warnOfPast({ expiryTime }: Inputs, ctx: Context): void {
  if (Date.parse(expiryTime) < Date.now())
    ctx.log(`the public URL does not work: its expiryTime ${expiryTime} is over`, "warn");
}

/** Whether two URLs are not just forms of one: its tracking code (section 8.1.5) outlives changes of its permissions. */
function isAnother(before: string | undefined, now: string): boolean {
  const code = (url: string) => /[?&]x-amz-pt=([^&]+)/.exec(url)?.[1];
  return before !== undefined && code(before) !== undefined && code(before) !== code(now);
}
