import type { Fault } from "../../emulator/kit/faults.ts";
import { isDeep, someOf } from "./depth.ts";

export interface NamedFault {
  name: string;
  fault: Fault;
  /** The server did what it was asked, and its answer says otherwise, or is lost. */
  acted: boolean;
}

const kinds: Fault[] = [
  { kind: "timeout-before" },
  { kind: "timeout-after" },
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "500" },
  { kind: "500", acted: true },
  { kind: "502" },
  { kind: "503", retryAfter: 0 },
  { kind: "504" },
  { kind: "504", acted: true },
  { kind: "429" },
  { kind: "401" },
  { kind: "403" },
  { kind: "html" },
  { kind: "cut-json" },
  { kind: "bad-json" },
];

const actedKinds: Fault["kind"][] = ["reset-after", "timeout-after", "cut-json", "bad-json"];
/** Acting changes nothing where a request only reads: these say the same there as those that strike before. */
const alikeForReads: Fault["kind"][] = ["reset-after", "timeout-after"];

const nameOf = ({ kind, acted }: Fault) => `${kind}${acted ? " after acting" : ""}`;

const named = (fault: Fault, suffix: string): NamedFault => ({
  name: `${nameOf(fault)} ${suffix}`,
  fault,
  acted: fault.acted === true || actedKinds.includes(fault.kind),
});

/** Every way in which one request fails. */
export const single: NamedFault[] = kinds.map((fault) => named(fault, "once"));

/** Most of them again for all requests from some one on; the others would say the same. */
const alike: Fault["kind"][] = ["502", "504", "429", "403", "cut-json"];
export const lasting = kinds
  .filter(({ kind, acted }) => !alike.includes(kind) && (kind !== "500" || acted))
  .map((fault) => named({ ...fault, times: 1_000_000 }, "from then on"));

/**
 * The ways in which a request of this method is to fail: all of them, or some where the laws do not look deep. What
 * may have taken effect is where most goes wrong, so a write meets several of those.
 */
export function faultsFor(method: string): NamedFault[] {
  const isRead = method === "GET" || method === "HEAD";
  const differs = ({ fault: { kind, acted } }: NamedFault) =>
    !isRead || (!acted && !alikeForReads.includes(kind));
  const [once, forEver] = [single.filter(differs), lasting.filter(differs)];
  if (isDeep) return [...forEver, ...once];
  const [acted, others] = [once.filter((each) => each.acted), once.filter((each) => !each.acted)];
  return [...someOf(forEver, 1), ...someOf(acted, isRead ? 1 : 2), ...someOf(others, 2)];
}
