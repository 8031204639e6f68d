import { freshCluster } from "./cluster.ts";
import { isObject } from "./request.ts";
import { freshAllowlist, freshState, objectKey, type State } from "./state.ts";
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

type Saved = {
  [Key in Exclude<keyof State, Keyed>]: State[Key] extends Map<string, infer T> ? T[] : State[Key];
} & { [Key in Keyed]?: State[Key] extends Map<string, infer T> ? Record<string, T> : never };

/** What a file of an earlier version may lack. */
const added = [
  "qos",
  "notificationRules",
  "objects",
  "allowlist",
  "tiering",
  "cluster",
  "monitored",
  "usage",
  "bills",
];

export function fromJson(value: unknown): State {
  const saved = checked(value);
  return {
    regions: saved.regions,
    groups: byKey("groups", saved.groups, ({ info }) => info?.groupId),
    users: byKey("users", saved.users, ({ info }) => info?.canonicalUserId),
    credentials: byKey("credentials", saved.credentials, ({ accessKey }) => accessKey),
    ratingPlans: byKey("ratingPlans", saved.ratingPlans, ({ id }) => id),
    qos: new Map(Object.entries(saved.qos ?? {})),
    notificationRules: new Map(Object.entries(saved.notificationRules ?? {})),
    objects: byKey("objects", saved.objects ?? [], (each) => objectKey(each.bucketName, each.objectName)),
    allowlist: saved.allowlist ?? freshAllowlist(),
    tiering: new Map(Object.entries(saved.tiering ?? {})),
    cluster: saved.cluster ?? freshCluster(saved.regions[0] ?? ""),
    monitored: new Map(Object.entries(saved.monitored ?? {})),
    usage: saved.usage ?? freshUsage(),
    bills: new Map(Object.entries(saved.bills ?? {})),
  };
}

/** A file may hold anything. Its top level has to look like that of a fresh system. */
function checked(value: unknown): Saved {
  if (!isObject(value)) throw otherShape("no object");
  for (const [name, sample] of Object.entries(toJson(freshState()) as object)) {
    const held = value[name];
    if (held === undefined && added.includes(name)) continue;
    if (Array.isArray(sample) ? !Array.isArray(held) : !isObject(held)) throw otherShape(`no "${name}"`);
  }
  const saved = value as unknown as Saved;
  if (saved.regions.length === 0 || !saved.regions.every((each) => typeof each === "string"))
    throw otherShape("no names of regions");
  return saved;
}

function byKey<T>(name: string, rows: T[], keyOf: (row: T) => string | undefined): Map<string, T> {
  return new Map(
    rows.map((row) => {
      const key = isObject(row) ? keyOf(row) : undefined;
      if (typeof key !== "string") throw otherShape(`something else among its "${name}"`);
      return [key, row];
    }),
  );
}

const otherShape = (what: string) =>
  new Error(`it is no state of an emulated HyperStore, for it holds ${what}`);
