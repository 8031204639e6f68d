/** What the API counts time in; a moment is written down to its unit, in GMT: yyyyMM, yyyyMMdd, yyyyMMddHH, yyyyMMddHHmm. */
export type Unit = "month" | "day" | "hour" | "minute";
const lengths: Readonly<Record<Unit, number>> = { month: 6, day: 8, hour: 10, minute: 12 };
const durations = { day: 86_400_000, hour: 3_600_000, minute: 60_000 };

/** In milliseconds since 1970; undefined for what is no such moment. */
export function momentIn(text: string | undefined, unit: Unit): number | undefined {
  const [, year, month, day = "01", hour = "00", minute = "00"] =
    /^(\d{4})(\d{2})(\d{2})?(\d{2})?(\d{2})?$/.exec(text ?? "") ?? [];
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  // Written again because a 31st of February would pass for one of March.
  return !Number.isNaN(moment) && written(moment, unit) === text ? moment : undefined;
}

export function later(moment: number, unit: Unit, count = 1): number {
  if (unit !== "month") return moment + count * durations[unit];
  const date = new Date(moment);
  return date.setUTCMonth(date.getUTCMonth() + count);
}

function written(moment: number, unit: Unit): string {
  return new Date(moment).toISOString().replace(/[-T:]/g, "").slice(0, lengths[unit]);
}
