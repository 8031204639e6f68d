import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { getUsage } from "../../../provider/ceph/functions/usage.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { type Access, must } from "../support/ask.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn } from "./kit.ts";

interface Entry {
  bucket: string;
  time: string;
  epoch: number;
}

const hour = 3_600_000;

onEachRelease((radosgw, release) => {
  /** A user who has listed buckets, made one, and put an object into it, all within one hour that is written down. */
  async function withUsage(options = {}) {
    const user = await makeUser(radosgw(), options);
    const restOfHour = hour - (Date.now() % hour);
    if (restOfHour < 5000) await sleep(restOfHour);
    const bucket = await makeBucket(user);
    await must(user, "PUT", `/${bucket}/object`, "hello");
    await must(user, "GET", "/");
    await written(radosgw(), user.uid, 2);
    const session = await sessionOn(radosgw());
    const usage = async (args: Properties = {}) =>
      (await session.ask(getUsage, { uid: user.uid, ...args })) as {
        entries: Entry[];
        summary: Properties[];
      };
    return { ...session, user, bucket, usage };
  }
  const selected = release === "pacific" ? {} : { bytesProcessed: 0, bytesReturned: 0 };
  const once = { bytesSent: 0, bytesReceived: 0, ops: 1, successfulOps: 1 };

  test.each(["", "ten"])(
    'what a user of tenant "%s" requested is told by bucket and hour',
    async (tenant) => {
      const { user, bucket, usage, logs } = await withUsage({ tenant });
      const { entries, summary } = await usage();
      const common = {
        user: user.uid,
        owner: user.uid,
        time: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:00:00\.000000Z$/),
        epoch: expect.any(Number),
        ...selected,
      };
      const listing = { category: "list_buckets", ...once, bytesSent: expect.any(Number) };
      const made = [
        { category: "create_bucket", ...once },
        { category: "put_obj", ...once, bytesReceived: 5 },
      ];
      expect(entries).toEqual([
        { ...common, bucket: "", categories: [listing] },
        { ...common, bucket, categories: made },
      ]);
      expect(summary).toEqual([
        {
          user: user.uid,
          categories: [made[0], listing, made[1]],
          total: { ...selected, bytesSent: expect.any(Number), bytesReceived: 5, ops: 3, successfulOps: 3 },
        },
      ]);
      expect(entries.map(({ epoch }) => epoch * 1000)).toEqual(entries.map(({ time }) => Date.parse(time)));
      expect(logs).toEqual([]);
    },
  );

  test("an interval holds its first hour whole, and not its last", async () => {
    const { usage, logs } = await withUsage();
    const all = await usage();
    const begin = (all.entries[0]?.epoch ?? 0) * 1000;
    const at = (hours: number) => new Date(begin + hours * hour).toISOString().slice(0, 19).replace("T", " ");
    // Asked for just that hour, a radosgw leaves out the listing of buckets.
    expect(await usage({ start: at(0) })).toEqual(all);
    expect(await usage({ start: at(0), end: at(1) })).toEqual(all);
    expect(await usage({ start: `${at(0).replace(" ", "T")}Z` })).toEqual(all);
    expect(await usage({ start: at(0).slice(0, 10) })).toEqual(all);
    expect(logs).toEqual([]);
    for (const interval of [{ end: at(0) }, { start: at(1) }])
      expect(await usage(interval)).toEqual({ entries: [], summary: [] });
    expect(logs).toHaveLength(2);
    expect(logs[0]).toMatch(
      /^warn: Ceph has no usage of user ".*" in that time.* rgw_enable_usage_log is set/,
    );
  });

  test("all users are told where none is named", async () => {
    const { ask, user } = await withUsage();
    const { summary } = (await ask(getUsage)) as { summary: Properties[] };
    expect(summary.map((each) => each.user)).toContain(user.uid);
  });

  test("entries and summary are told where they are wished", async () => {
    const { usage } = await withUsage();
    const { entries, summary } = await usage();
    expect(await usage({ showEntries: false })).toEqual({ entries: [], summary });
    expect(await usage({ showSummary: false })).toEqual({ entries, summary: [] });
  });

  test("nobody has no usage, and a warning says what that may be", async () => {
    const { ask, logs } = await sessionOn(radosgw());
    expect(await ask(getUsage, { uid: "nobody" })).toEqual({ entries: [], summary: [] });
    expect(logs).toEqual([expect.stringMatching(/^warn: Ceph has no usage of user "nobody"/)]);
  });

  test("a capability that is lacking is named", async () => {
    const { ask } = await sessionOn(await makeUser(radosgw()));
    await expect(ask(getUsage)).rejects.toThrow(/lacks the capability usage=read/);
  });

  const noHour = /^start must be a day or an hour in UTC from 2000 on/;
  test.each([
    [{ start: "yesterday" }, noHour],
    [{ start: "2026-02-31" }, noHour],
    [{ start: "2026-13-01 00:00:00" }, noHour],
    [{ start: "2026-01-01 24:00:00" }, noHour],
    [{ start: "2026-01-01 16:30:00" }, noHour],
    [{ start: "2026-01-01T16:00:00+01:00" }, noHour],
    [{ start: "20260101" }, noHour],
    [{ start: "1999-12-31" }, noHour],
    [{ end: "2026-01" }, /^end must be a day or an hour/],
    [{ start: "2026-01-01", end: "2026-01-01 00:00:00" }, /^end must be later than start/],
    [{ showEntries: false, showSummary: false }, /^showSummary must be true when showEntries is false/],
  ])("refuses %j before it asks", async (args, reason) => {
    const { ask, requests } = await sessionOn(radosgw());
    await expect(ask(getUsage, args)).rejects.toThrow(reason);
    expect(requests).toEqual([]);
  });
});

/** A radosgw writes down what was requested with a delay of about a second. */
async function written(radosgw: Access, uid: string, buckets: number): Promise<void> {
  for (;;) {
    const answer = await must(radosgw, "GET", `/admin/usage?uid=${encodeURIComponent(uid)}`);
    const { entries, summary } = answer.json() as {
      entries: { buckets: unknown[] }[];
      summary: { total: { ops: number } }[];
    };
    if (entries[0]?.buckets.length === buckets && summary[0]?.total.ops === 3) return;
    await sleep(100); // until the test's own time-out
  }
}
