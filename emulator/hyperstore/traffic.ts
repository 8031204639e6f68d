import { findBucket } from "./buckets.ts";
import type { State } from "./state.ts";
import { ofBucket, ofGroup, ofUser } from "./subjects.ts";
import type { Subject } from "./usagedata.ts";

/** One S3 request. */
export interface Transfer {
  bucketName: string;
  operation: "HG" | "HP" | "HD";
  bytes: number;
}

/** Counts a request for the owner of the bucket, the owner's group and the bucket, whose bytes are also counted alone. */
export function transfer(state: State, { bucketName, operation, bytes }: Transfer): void {
  const found = findBucket(state, bucketName);
  if (!found) throw new Error(`no bucket ${bucketName}`);
  const { owner, bucket } = found;
  const add = (subject: Subject, counted: string) =>
    state.usage.records.push({
      granularity: "raw",
      subject,
      region: bucket.region,
      operation: counted,
      timestamp: Date.now(),
      value: String(bytes),
      maxValue: "0",
      count: 0,
      ip: "10.10.0.1",
    });
  const itself = ofBucket(state, bucket);
  for (const subject of [ofUser(owner), ofGroup(owner.info.groupId), itself]) add(subject, operation);
  if (operation === "HP") add(itself, "BI");
  if (operation === "HG") add(itself, "BO");
}
