import type { Response } from "../../http/index.ts";
import { everyRow } from "../../resource/pages.ts";
import { found, foundText } from "../answers.ts";
import type { BucketTags } from "../wire.ts";
import type { Calls } from "./calls.ts";

/** As many users as the server gives at a time. */
const limit = 100;

/** Chapter 5. */
export function bucketCalls({ get, send }: Calls) {
  return {
    /** 5.2: undefined for a bucket without one, and for no such bucket. */
    getBucketId: async (bucketName: string) =>
      foundText(await get("/bucketops/id", { bucketName })) || undefined,
    /** 5.3, all pages of it: by user, then by bucket. */
    getBucketTags: async (
      groupId: string,
    ): Promise<Record<string, Record<string, Record<string, string>>>> => {
      const users = await everyRow(
        async (userId) => {
          const page = found<BucketTags>(await get("/bucketops/gettags", { groupId, limit, userId }));
          const next = page?.nextUserId ?? undefined;
          return { rows: Object.entries(page?.userBucket ?? {}), next: next === userId ? undefined : next };
        },
        ([userId]) => userId,
      );
      return Object.fromEntries(users);
    },
    /** 5.6: deletes all objects of a bucket of this region, not the bucket. The caller interprets what is refused. */
    purgeBucket: (bucketName: string): Promise<Response> =>
      send({ method: "POST", path: "/bucketops/purge", query: { bucketName }, idempotent: true }),
  };
}
