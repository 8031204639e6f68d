import * as tenantry from "pulumi-tenantry";

// Who is in which group. The endpoint and the password come from the environment:
// HYPERSTORE_ENDPOINT, HYPERSTORE_PASSWORD, and HYPERSTORE_CA_CERT for a private authority.
const tenants: Record<string, { description: string; users: string[] }> = {
  research: { description: "Research and development", users: ["ada", "grace"] },
  finance: { description: "Finance", users: ["luca"] },
};

export const groups: string[] = [];
export const accessKeys: Record<string, unknown> = {};
export const secretKeys: Record<string, unknown> = {};

for (const [groupId, { description, users }] of Object.entries(tenants)) {
  const group = new tenantry.hyperstore.Group(groupId, { groupId, groupName: description });
  groups.push(groupId);
  // 1 TiB for the group as a whole, and 600 requests a minute for each of its users.
  new tenantry.hyperstore.QosLimits(groupId, {
    groupId: group.groupId,
    userId: "*",
    hlStorageQuotaKBytes: 1024 ** 3,
  });
  new tenantry.hyperstore.QosLimits(`${groupId}-users`, {
    groupId: group.groupId,
    userId: "ALL",
    hlRequestRate: 600,
  });

  for (const userId of users) {
    const user = new tenantry.hyperstore.User(userId, {
      groupId: group.groupId,
      userId,
      emailAddr: `${userId}@example.com`,
      // The credential below is the only one that the user is to have.
      initialCredential: "remove",
    });
    const credential = new tenantry.hyperstore.Credential(userId, {
      groupId: user.groupId,
      userId: user.userId,
    });
    accessKeys[userId] = credential.accessKey;
    secretKeys[userId] = credential.secretKey;
  }
}
