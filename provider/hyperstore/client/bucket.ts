import type { Response } from "../../http/index.ts";
import type { Calls } from "./calls.ts";

/** Chapter 5. */
export function bucketCalls({ send }: Calls) {
  return {
    /** 5.6: deletes all objects of a bucket of this region, not the bucket. The caller interprets what is refused. */
    purgeBucket: (bucketName: string): Promise<Response> =>
      send({ method: "POST", path: "/bucketops/purge", query: { bucketName }, idempotent: true }),
  };
}
