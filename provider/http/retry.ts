import type { Call } from "./call.ts";
import { ended, exhausted, factsOf, gaveUp, type Story } from "./endings.ts";
import { type HttpError, type Place, requestError } from "./errors.ts";
import type { Failed } from "./failure.ts";
import { isOver, pause } from "./limits.ts";
import { attemptOn, isSilence, type Nodes } from "./nodes.ts";
import { inDoubt } from "./response.ts";
import type { Response, Scope } from "./types.ts";

const LONGEST_BACKOFF = 10_000;
/** A user who watches is told of waits from here on. */
const WORTH_TELLING = 5_000;

export interface Policy {
  readonly attempts: number;
  readonly retryBaseMs: number;
}

/** Sends until there is an answer for the vendor, or no sense or no time in trying again. */
export async function send(nodes: Nodes, policy: Policy, scope: Scope, call: Call): Promise<Response> {
  const began = Date.now();
  const result = isOver(scope) ? undefined : await attemptOn(nodes, scope, call, 1);
  if (result !== undefined && !("again" in result)) return result;
  const place = result?.place ?? nodes.current;
  const story = { place, call, scope, began, count: 1, failures: new Map(), unknown: false };
  return recover(story, nodes, policy, result);
}

async function recover(
  story: Story,
  nodes: Nodes,
  policy: Policy,
  first: Failed | undefined,
): Promise<Response> {
  const { call, scope, failures } = story;
  const { deadline = Number.POSITIVE_INFINITY } = scope;
  let result: Response | Failed | undefined = first;

  while (result === undefined || "again" in result) {
    if (result === undefined) throw ended(story);
    const { error: last, place } = result;
    story.last = last;
    story.place = place;
    failures.set(place, result);
    story.unknown ||= last.outcome === "unknown";
    const unsettled = story.unknown && !call.idempotent;
    if (unsettled && call.settle === undefined) throw last;

    // A node that has not been asked yet may do at once what this one cannot, and one that failed may be back.
    const isElsewhere = isSilence(last) && !failures.has(nodes.current);
    const again = result.again || (isSilence(last) && [...failures.values()].some((each) => each.again));
    const isLast = !isElsewhere && (!again || story.count >= policy.attempts);
    const delay = isElsewhere ? 0 : delayOf(result, policy, story.count);
    const isLate = !isLast && Date.now() + delay >= deadline;
    if (!unsettled && isLast) throw exhausted(story, last);
    if (!unsettled && isLate) throw gaveUp(story);
    if (!isLast && !isLate && !isElsewhere) {
      tell(place, scope, last, delay);
      await pause(delay, scope.signal);
    }
    if (isOver(scope)) throw ended(story);

    if (unsettled && call.settle !== undefined) {
      const answer = await settled(place, call, call.settle, last);
      if (answer !== undefined) return answer;
      story.unknown = false;
      if (isLast) throw exhausted(story, last);
      if (isLate) throw gaveUp(story);
      if (isOver(scope)) throw ended(story);
    }
    story.count++;
    result = await attemptOn(nodes, scope, call, story.count);
  }
  return story.unknown && call.method !== "GET" ? inDoubt(result) : result;
}

/** Full jitter, on top of what the server asks for: callers that failed together do not return together. */
function delayOf(failed: Failed, { retryBaseMs }: Policy, count: number): number {
  const longest = Math.min(retryBaseMs * 2 ** (count - 1), LONGEST_BACKOFF);
  failed.delayMs ??= failed.retryAfterMs + Math.random() * longest;
  return failed.delayMs;
}

function tell({ system }: Place, { log }: Scope, { method, path, problem }: HttpError, delay: number): void {
  const seconds = (delay / 1000).toFixed(1);
  log?.(
    `${method} ${path} on ${system}: ${problem}; trying again in ${seconds} s`,
    delay < WORTH_TELLING ? "debug" : "info",
  );
}

async function settled(
  place: Place,
  call: Call,
  settle: NonNullable<Call["settle"]>,
  last: HttpError,
): Promise<Response | undefined> {
  try {
    return await settle();
  } catch (error) {
    const { message } = error instanceof Error ? error : { message: String(error) };
    const problem = `${last.problem}; whether it took effect could not be found out either: ${message}`;
    throw requestError(place, call, { ...factsOf(last), outcome: "unknown", problem, cause: last });
  }
}
