import type { User } from "./state.ts";

export type Status = "active" | "inactive" | "deleting" | "deleted";

/** A deletion completes by the clock alone (14.1.3): no timer, so it survives a restart. */
export function statusOf(user: User): Status {
  if (user.deletedAt !== undefined) return Date.now() < user.deletedAt ? "deleting" : "deleted";
  return user.info.active === "true" ? "active" : "inactive";
}

export function isLive(user: User): boolean {
  return user.deletedAt === undefined;
}
