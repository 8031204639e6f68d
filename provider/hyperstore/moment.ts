import * as z from "zod";

const moment = z.string().refine((text) => minutes(text) !== undefined, {
  error: "must be a moment in GMT, written yyyyMMddHHmm, such as 202407200000",
});

/** The inputs that name an interval. */
export const interval = {
  startTime: moment.describe(
    "Start of the interval, in GMT: `yyyyMMddHHmm`, such as `202407200000`. Section 13.2.2.",
  ),
  endTime: moment.describe(
    "End of the interval, in GMT: `yyyyMMddHHmm`, such as `202407201200`. Section 13.2.2.",
  ),
};

/** Failures of an interval that is empty, or longer than so many days. */
export function checkInterval(
  { startTime, endTime }: { startTime: string; endTime: string },
  context: z.core.$RefinementCtx,
  days = Number.POSITIVE_INFINITY,
): void {
  const length = (minutes(endTime) ?? 0) - (minutes(startTime) ?? 0);
  const refuse = (message: string) => context.addIssue({ code: "custom", path: ["endTime"], message });
  if (length <= 0) refuse("must be later than startTime");
  if (length > days * 24 * 60) refuse(`must be at most ${days * 24} hours after startTime`);
}

/** Minutes since 1970 of a moment as the Admin API writes it (section 13.2.2); undefined for what is none. */
export function minutes(text: string): number | undefined {
  const iso = text.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/, "$1-$2-$3T$4:$5");
  const moment = Date.parse(`${iso}Z`);
  // Compared because a 31st of February would pass for one of March.
  const isExact = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(iso);
  return isExact ? moment / 60_000 : undefined;
}
