import type { Response } from "../../http/index.ts";
import { done, found } from "../answers.ts";
import { flag } from "../rules.ts";
import type { ObjectKey, PublicUrlAccess, PublicUrlPermissions } from "../wire.ts";
import type { Calls } from "./calls.ts";

const path = "/permissions/publicUrl";

/** Whether anybody can read by it. Nothing deletes a public URL: without `allowRead` it is as good as none. */
export const isEnabled = (access: PublicUrlAccess | undefined): access is PublicUrlAccess & { url: string } =>
  Boolean(access?.url) && flag(access?.allowRead ?? true);

/** What GET answered. Where there is no public URL it may be a 204 or an empty body: the document does not say. */
export const accessIn = (response: Response): PublicUrlAccess | undefined =>
  response.status === 200 && response.text.trim() === ""
    ? undefined
    : (found<PublicUrlAccess | null>(response) ?? undefined);

/** Chapter 8. */
export function publicUrlCalls({ get, send }: Calls) {
  const read = (object: ObjectKey) => get(path, { ...object });
  return {
    /** 8.1: the caller interprets a 400, which says that there is no such user, or that the bucket is another's. */
    getPublicUrl: read,
    /**
     * 8.2 without `url` always makes a new one: after a lost answer, one that is not `before` is taken for ours where
     * it has our permissions. Undefined where it is somebody else's.
     */
    makePublicUrl: async (
      object: ObjectKey,
      permissions: PublicUrlPermissions,
      before: string | undefined,
    ): Promise<Response | undefined> => {
      let isOthers = false;
      const made = await send({
        method: "POST",
        path,
        query: { ...object },
        json: permissions,
        idempotent: false,
        settle: async () => {
          const response = await read(object);
          const now = accessIn(response);
          if (!isEnabled(now) || now.url === before) return undefined;
          isOthers = !samePermissions(now, permissions);
          return response;
        },
      });
      return isOthers ? undefined : made;
    },
    /** 8.2 with `url`. Its expiry stands in the URL, so after a lost answer the old URL may be no existing one's. */
    changePublicUrl: async (object: ObjectKey, access: PublicUrlPermissions & { url: string }) =>
      done(
        await send({
          method: "POST",
          path,
          query: { ...object },
          json: access,
          idempotent: false,
          settle: async () => {
            const response = await read(object);
            const now = accessIn(response);
            const { url: _changes, ...permissions } = access;
            return now && samePermissions(now, permissions) ? response : undefined;
          },
        }),
      ),
  };
}

const samePermissions = (now: PublicUrlAccess, sent: PublicUrlPermissions): boolean =>
  flag(now.allowRead ?? true) === sent.allowRead &&
  flag(now.secure ?? true) === sent.secure &&
  Number(now.expiryTime) === Number(sent.expiryTime) &&
  Number(now.maxDownloadNum) === sent.maxDownloadNum;
