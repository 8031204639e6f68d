import type { Bucket } from "./cluster.ts";
import type { State, User } from "./state.ts";
import type { Subject } from "./usagedata.ts";

export const bucketKey = (bucketName: string): string => `bucket/${bucketName}`;
export const userKey = (canonicalUserId: string): string => `user/${canonicalUserId}`;

export function ofBucket({ cluster }: State, { bucketName, policyName }: Bucket): Subject {
  const policy = cluster.policies.find((each) => each.policyName === policyName);
  return { key: bucketKey(bucketName), shown: { bucket: bucketName, policyId: policy?.policyId ?? "" } };
}
export const ofUser = ({ info: { groupId, userId, canonicalUserId } }: User): Subject => ({
  key: userKey(canonicalUserId),
  shown: { groupId, userId },
});
/** For a whole group the user is "*" (13.2.2). */
export const ofGroup = (groupId: string): Subject => ({
  key: `group/${groupId}`,
  shown: { groupId, userId: "*" },
});
