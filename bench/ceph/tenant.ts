import type { Declaration } from "../../test/pulumi/support/program.ts";
import type { HttpRequest } from "./raw.ts";

/** One tenant: a user with a key that the provider chooses, and a quota. */
export const tenant = (uid: string, displayName: string): Declaration => ({
  type: "ceph:User",
  name: uid,
  args: { uid, displayName, keys: { main: {} }, userQuota: { maxSizeBytes, maxObjects } },
});
export const [maxSizeBytes, maxObjects] = [100 * 2 ** 30, 1_000_000];
export const [before, after] = ["Tenant", "Tenant, renamed"];

/** A step in the life of all tenants: how the engine takes it, and the requests that it costs for each of them. */
export interface Step {
  name: string;
  args: string[];
  /** What the engine says then of every tenant. */
  says: string;
  /** The display name that the program says and all tenants have then; without it there are none. */
  leaves?: string;
  raw(uid: string): HttpRequest[];
  /** Most requests for one tenant. */
  requests: number;
  /** Most times the engine's floor, at 500 tenants. */
  budget?: number;
}

const up = ["up", "--yes", "--skip-preview"];
const get = (uid: string): HttpRequest => ({ method: "GET", path: "/admin/user", query: { uid } });

/** In the order in which a tenant lives. */
export const steps: readonly Step[] = [
  {
    name: "up",
    args: up,
    says: "created",
    leaves: before,
    raw: (uid) => [
      {
        method: "PUT",
        path: "/admin/user",
        query: {
          uid,
          "display-name": before,
          "key-type": "s3",
          "access-key": `main_${uid}`,
          "secret-key": "s".repeat(40),
        },
      },
      {
        method: "PUT",
        path: "/admin/user?quota",
        query: { uid, "quota-type": "user" },
        json: { enabled: true, check_on_raw: false, max_size: maxSizeBytes, max_objects: maxObjects },
      },
    ],
    requests: 2,
    budget: 1.2,
  },
  {
    name: "preview --refresh",
    args: ["preview", "--refresh", "--expect-no-changes"],
    says: "unchanged",
    leaves: before,
    raw: (uid) => [get(uid)],
    requests: 1,
  },
  {
    name: "refresh",
    args: ["refresh", "--preview-only", "--expect-no-changes"],
    says: "unchanged",
    leaves: before,
    raw: (uid) => [get(uid)],
    requests: 1,
    budget: 1.3,
  },
  {
    name: "update of all",
    args: up,
    says: "updated",
    leaves: after,
    raw: (uid) => [get(uid), { method: "POST", path: "/admin/user", query: { uid, "display-name": after } }],
    requests: 2,
    budget: 1.2,
  },
  {
    name: "destroy",
    args: ["destroy", "--yes", "--skip-preview"],
    says: "deleted",
    raw: (uid) => [{ method: "DELETE", path: "/admin/user", query: { uid } }],
    requests: 1,
    budget: 1.2,
  },
];
