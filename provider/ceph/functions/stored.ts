import * as z from "zod";
import type { BucketUsage, UsageInfo } from "../client/wire.ts";
import { count } from "../counts.ts";

/** What is stored, as the statistics of buckets and users say it. */
export const stored = z
  .object({
    sizeBytes: z.number().describe("Bytes of the objects. Admin Ops, Get Bucket Info, `usage`."),
    sizeActualBytes: z
      .number()
      .describe("Bytes of the objects, the size of each rounded up to whole blocks of 4096 bytes."),
    numObjects: z
      .number()
      .describe(
        "Number of objects, with every version, every delete marker and every part of an unfinished upload.",
      ),
  })
  .meta({ title: "StoredData" });
type Stored = z.output<typeof stored>;

export const storedOf = ({ size, size_actual, num_objects }: UsageInfo, whose: string): Stored => ({
  sizeBytes: count(size, `the stored bytes of ${whose}`),
  sizeActualBytes: count(size_actual, `the stored bytes, rounded up, of ${whose}`),
  numObjects: count(num_objects, `the number of objects of ${whose}`),
});

/** By category. */
export const usage = z
  .record(z.string(), stored)
  .describe(
    "What is stored by category: `rgw.main` are the objects, `rgw.multimeta` the unfinished multipart uploads. Categories of which there is nothing are absent. Admin Ops, Get Bucket Info, `usage`.",
  );

export const usageOf = (infos: BucketUsage, whose: string): Record<string, Stored> =>
  Object.fromEntries(
    Object.entries(infos).map(([category, info]) => [category, storedOf(info, `${whose} in ${category}`)]),
  );

/** All categories together, which is what a quota limits. */
export function totalOf(usage: Record<string, Stored>, whose: string): Stored {
  const sum = (name: keyof Stored) => Object.values(usage).reduce((total, part) => total + part[name], 0);
  return storedOf(
    {
      size: sum("sizeBytes"),
      size_actual: sum("sizeActualBytes"),
      num_objects: sum("numObjects"),
    },
    whose,
  );
}
