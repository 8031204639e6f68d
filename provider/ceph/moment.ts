import * as z from "zod";

/**
 * An hour in UTC, as a radosgw reads it. It ignores what it cannot read on Pacific, and finds nothing then from Reef on
 * (measured), so what is no hour must not get there.
 */
export const hour = z
  .string()
  .transform((text) => text.replace(/^(\d{4}-\d\d-\d\d)$/, "$1 00:00:00").replace(/^(\S+)T(\S+)Z$/, "$1 $2"))
  .refine(isHour, {
    error: 'must be a day or an hour in UTC from 2000 on, such as "2026-01-31" or "2026-01-31 16:00:00"',
  });

function isHour(text: string): boolean {
  if (!/^2\d{3}-\d\d-\d\d \d\d:00:00$/.test(text)) return false;
  const moment = Date.parse(`${text.replace(" ", "T")}Z`);
  // Compared because a 31st of February would pass for one of March.
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text.replace(" ", "T"));
}
