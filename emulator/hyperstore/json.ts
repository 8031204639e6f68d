import { freshCluster } from "./cluster.ts";
import { freshAllowlist, objectKey, type State } from "./state.ts";
import { freshUsage } from "./usagedata.ts";

/** The state as JSON, and back. */
export function toJson(state: State): unknown {
  return {
    regions: state.regions,
    groups: [...state.groups.values()],
    users: [...state.users.values()],
    credentials: [...state.credentials.values()],
    ratingPlans: [...state.ratingPlans.values()],
    qos: Object.fromEntries(state.qos),
    notificationRules: Object.fromEntries(state.notificationRules),
    objects: [...state.objects.values()],
    allowlist: state.allowlist,
    tiering: Object.fromEntries(state.tiering),
    cluster: state.cluster,
    monitored: Object.fromEntries(state.monitored),
    usage: state.usage,
    bills: Object.fromEntries(state.bills),
  };
}

/** Saved with its keys, for they do not follow from the values. */
type Keyed = "qos" | "notificationRules" | "tiering" | "monitored" | "bills";

export function fromJson(value: unknown): State {
  const saved = value as {
    [Key in Exclude<keyof State, Keyed>]: State[Key] extends Map<string, infer T> ? T[] : State[Key];
  } & { [Key in Keyed]?: State[Key] extends Map<string, infer T> ? Record<string, T> : never };
  return {
    regions: saved.regions,
    groups: new Map(saved.groups.map((group) => [group.info.groupId, group])),
    users: new Map(saved.users.map((user) => [user.info.canonicalUserId, user])),
    credentials: new Map(saved.credentials.map((credential) => [credential.accessKey, credential])),
    ratingPlans: new Map(saved.ratingPlans.map((plan) => [plan.id, plan])),
    qos: new Map(Object.entries(saved.qos ?? {})),
    notificationRules: new Map(Object.entries(saved.notificationRules ?? {})),
    objects: new Map(
      (saved.objects ?? []).map((each) => [objectKey(each.bucketName, each.objectName), each]),
    ),
    allowlist: saved.allowlist ?? freshAllowlist(),
    tiering: new Map(Object.entries(saved.tiering ?? {})),
    cluster: saved.cluster ?? freshCluster(saved.regions[0] ?? ""),
    monitored: new Map(Object.entries(saved.monitored ?? {})),
    usage: saved.usage ?? freshUsage(),
    bills: new Map(Object.entries(saved.bills ?? {})),
  };
}
