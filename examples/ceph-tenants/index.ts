import * as pulumi from "@pulumi/pulumi";
import * as tenantry from "pulumi-tenantry";

// Who gets how much. The endpoint and the admin user's pair come from the environment:
// RADOSGW_ENDPOINT, RADOSGW_ACCESS_KEY and RADOSGW_SECRET_KEY.
const tenants: Record<string, { displayName: string; gibibytes: number; swift?: boolean }> = {
  research: { displayName: "Research", gibibytes: 500, swift: true },
  finance: { displayName: "Finance", gibibytes: 100 },
};

// `pulumi config set rotation 2` and `pulumi up` give all pipelines a new pair. The old one works until the next rotation.
const rotate = new pulumi.Config().get("rotation") ?? "1";

export const accessKeys: Record<string, unknown> = {};
export const secretKeys: Record<string, unknown> = {};
export const swiftUsers: Record<string, unknown> = {};

for (const [uid, { displayName, gibibytes, swift }] of Object.entries(tenants)) {
  const tenant = new tenantry.ceph.User(uid, {
    uid,
    displayName,
    maxBuckets: 20,
    userQuota: { maxSizeBytes: gibibytes * 2 ** 30, maxObjects: 1_000_000 },
    keys: { people: {}, pipeline: { rotate } },
    subusers: swift ? { reader: { access: "read" } } : {},
    // A key, subuser or capability that somebody adds by hand is drift, and the next `pulumi up --refresh` removes it.
    exclusive: true,
  });
  accessKeys[uid] = tenant.credentials.apply(({ pipeline }) => pipeline?.accessKey);
  secretKeys[uid] = tenant.credentials.apply(({ pipeline }) => pipeline?.secretKey);
  if (swift) swiftUsers[uid] = tenant.swiftKeys.apply((keys) => keys?.reader?.user);
}

// A collector of usage reports, who owns nothing and may only look.
const collector = new tenantry.ceph.User("usage-collector", {
  uid: "usage-collector",
  displayName: "Usage reports",
  maxBuckets: -1,
  caps: { usage: "read", buckets: "read" },
  keys: { main: {} },
});
export const collectorKey = collector.credentials.apply(({ main }) => main?.accessKey);
