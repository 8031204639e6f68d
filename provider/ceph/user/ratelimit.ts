import { isDeepStrictEqual } from "node:util";
import { HttpError } from "../../http/index.ts";
import type { Context } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import type { Radosgw } from "../client/calls.ts";
import { getRateLimit, noRateLimits, putRateLimit } from "../client/ratelimit.ts";
import type { RateLimitInfo } from "../client/wire.ts";
import { rateLimitOf, rateLimitToWire } from "../limits.ts";
import type { Inputs, Outputs } from "./fields.ts";
import { isImport } from "./read.ts";

/** A request of its own, and a capability that many admin users lack: only where the program manages it, or may want to. */
export async function readRateLimit(
  api: Radosgw,
  uid: string,
  ctx: Context<Outputs>,
): Promise<RateLimitInfo | undefined> {
  if (ctx.stateInputs.rateLimit !== undefined) return getRateLimit(api, { uid });
  if (!isImport(ctx) || (await noRateLimits(api)) !== undefined) return undefined;
  return getRateLimit(api, { uid }).catch((error) => {
    if (!(error instanceof HttpError && error.status === 403)) throw error;
    ctx.log(
      `Ceph User "${uid}" is imported without its rate limit, which the admin user may not see: that takes the capability ratelimit=read`,
      "warn",
    );
    return undefined;
  });
}

export async function writeRateLimit(
  api: Radosgw,
  { uid, rateLimit }: Inputs,
  was: RateLimitInfo | undefined,
): Promise<void> {
  if (rateLimit === undefined || (was && isDeepStrictEqual(rateLimitOf(was), rateLimit))) return;
  if (!(await putRateLimit(api, { uid }, rateLimitToWire(rateLimit))))
    throw new ProviderError(
      "refused",
      `Ceph User "${uid}" is no longer there: pulumi up --refresh makes it again`,
    );
}
