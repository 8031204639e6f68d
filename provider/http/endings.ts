import type { Call } from "./call.ts";
import { type Facts, type HttpError, type Outcome, type Place, requestError } from "./errors.ts";
import type { Failed } from "./failure.ts";
import { isOver } from "./limits.ts";
import type { Scope } from "./types.ts";

/** A request that has no answer yet. */
export interface Story {
  /** Where it went last. */
  place: Place;
  readonly call: Call;
  readonly scope: Scope;
  readonly began: number;
  /** Attempts so far. */
  count: number;
  last?: HttpError;
  /** The last failure at each place, of which there are several where a system has several endpoints. */
  readonly failures: Map<Place, Failed>;
  /** Whether some attempt may have taken effect: this counts in the end, not how the last one failed. */
  unknown: boolean;
}

export function exhausted(story: Story, last: HttpError): HttpError {
  const outcome = outcomeOf(story);
  if (story.count === 1 && outcome === last.outcome) return last;
  const elsewhere = [...story.failures]
    .filter(([place]) => place !== story.place)
    .map(([{ origin }, { error }]) => `; ${origin}: ${error.problem}`);
  return requestError(story.place, story.call, {
    ...factsOf(last),
    outcome,
    problem: `${last.problem} (after ${story.count} attempts${elsewhere.join("")})`,
    cause: last,
  });
}

/** The scope was over before an answer came. */
export function ended(story: Story): HttpError {
  const { place, call, scope, last } = story;
  if (isOver(scope) !== "aborted") return gaveUp(story);
  const problem =
    last === undefined ? "cancelled before it was sent" : `cancelled, after this: ${last.problem}`;
  return requestError(place, call, { reason: "aborted", problem, outcome: outcomeOf(story), cause: last });
}

export function gaveUp(story: Story): HttpError {
  const { place, call, began, last } = story;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const problem = `gave up after ${seconds} s: ${last?.problem ?? "no time was left to send it"}; raise customTimeouts`;
  return requestError(place, call, { reason: "deadline", problem, outcome: outcomeOf(story), cause: last });
}

export function factsOf({ reason, outcome, problem, status, excerpt }: HttpError): Facts {
  return {
    reason,
    outcome,
    problem,
    ...(status !== undefined && { status }),
    ...(excerpt !== undefined && { excerpt }),
  };
}

function outcomeOf({ last, unknown }: Story): Outcome {
  if (unknown) return "unknown";
  if (last === undefined) return "not-sent";
  // the doubt is settled by now: it had no effect
  return last.outcome === "unknown" ? "refused" : last.outcome;
}
