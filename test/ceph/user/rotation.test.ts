import { expect, test } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease } from "../functions/kit.ts";
import { opens, userOn } from "./kit.ts";

const program = (rotate?: string, more: object = {}) => ({
  keys: { main: { ...(rotate !== undefined && { rotate }), ...more } },
});

onEachRelease((radosgw) => {
  async function rotating() {
    const user = await userOn(radosgw());
    const pair = () => {
      const { main } = user.outputs().credentials;
      if (!main) throw new Error("there is no pair");
      return main;
    };
    return { ...user, pair };
  }

  test("another text makes another pair, and the earlier one stays valid until the next", async () => {
    const { up, pair, keys, drift } = await rotating();
    await up(program());
    const first = pair();
    await up(program("2026"));
    const second = pair();
    expect(second.accessKey).not.toBe(first.accessKey);
    expect(second).toMatchObject({
      previousAccessKey: first.accessKey,
      previousSecretKey: first.secretKey,
    });
    for (const each of [first, second]) expect(await opens(radosgw(), each)).toBe(true);
    expect(await drift()).toEqual([]);

    await up(program("2027"));
    const third = pair();
    expect(third).toMatchObject({ previousAccessKey: second.accessKey });
    expect(await keys()).toEqual([second.accessKey, third.accessKey].sort());
    expect(await opens(radosgw(), first)).toBe(false);
    expect(await drift()).toEqual([]);
  });

  test("keepPrevious 0 ends the earlier pair, at once or later", async () => {
    const { up, pair, keys, drift } = await rotating();
    await up(program("1"));
    await up(program("2", { keepPrevious: 0 }));
    expect(pair()).not.toHaveProperty("previousAccessKey");
    expect(await keys()).toEqual([pair().accessKey]);
    await up(program("3"));
    expect(await keys()).toHaveLength(2);
    const { accessKey } = pair();
    await up(program("3", { keepPrevious: 0 }));
    expect(pair()).not.toHaveProperty("previousAccessKey");
    expect(await keys()).toEqual([accessKey]);
    expect(await drift()).toEqual([]);
  });

  test("the earlier text is the earlier pair while that is valid", async () => {
    const { up, pair, sent, drift } = await rotating();
    await up(program("1"));
    const first = pair();
    await up(program("2"));
    const second = pair();
    sent();
    await up(program("1"));
    expect(sent()).toEqual([]);
    expect(pair()).toMatchObject({ ...first, previousAccessKey: second.accessKey });
    expect(await drift()).toEqual([]);
  });

  test("an earlier pair that others remove is no drift", async () => {
    const { up, pair, hand, drift } = await rotating();
    await up(program("1"));
    await up(program("2"));
    await hand("DELETE", "?key", { "access-key": String(pair().previousAccessKey) });
    expect(await drift()).toEqual([]);
    expect(pair()).not.toHaveProperty("previousAccessKey");
  });

  test("another given pair is a rotation too, and so is one in place of a chosen one", async () => {
    const { up, pair, keys, drift } = await rotating();
    const [one, two] = [`ONE${unique()}`, `TWO${unique()}`];
    await up(program());
    const chosen = pair();
    await up(program(undefined, { accessKey: one }));
    expect(pair()).toMatchObject({ accessKey: one, previousAccessKey: chosen.accessKey });
    await up(program(undefined, { accessKey: two }));
    expect(pair()).toMatchObject({ accessKey: two, previousAccessKey: one });
    expect(await keys()).toEqual([one, two].sort());
    await up(program());
    expect(pair(), "what is no longer given stays").toMatchObject({ accessKey: two });
    await up(program("1"));
    expect(pair()).toMatchObject({ accessKey: expect.stringMatching(/^main_/), previousAccessKey: two });
    expect(await drift()).toEqual([]);
  });

  const strikes = { "before it is made": "503", "after it is made": "reset-after" } as const;
  for (const [when, kind] of Object.entries(strikes))
    test(`a rotation that fails ${when} and is reverted leaves the pair in use, and no twin`, async () => {
      const { up, pair, keys, faults, drift, outputs } = await rotating();
      await up(program("1"));
      const first = pair();
      faults.add({ kind, match: { method: "PUT" }, nth: "every", ...(kind === "503" && { retryAfter: 0 }) });
      await expect(up(program("2"), { timeout: 1 })).rejects.toThrow();
      faults.clear();
      expect(await opens(radosgw(), first)).toBe(true);
      await up(program("1"));
      expect(pair()).toMatchObject(first);
      expect(await opens(radosgw(), first)).toBe(true);
      await drift();
      await up({ ...program("1"), suspended: true });
      expect(await keys()).toEqual([first.accessKey]);
      expect(outputs().otherKeys).toBeUndefined();
    });

  test("a rotation that fails is finished by the next run, with one new pair", async () => {
    const { up, pair, keys, faults, drift } = await rotating();
    await up(program("1"));
    const first = pair();
    faults.add({ kind: "reset-after", match: { method: "PUT" }, nth: "every" });
    await expect(up(program("2"), { timeout: 1 })).rejects.toThrow();
    faults.clear();
    await up(program("2"));
    expect(pair()).toMatchObject({ previousAccessKey: first.accessKey });
    expect(await keys()).toEqual([first.accessKey, pair().accessKey].sort());
    expect(await drift()).toEqual([]);
  });
});
