import { expect, test } from "vitest";
import { client, deadUrl, failure, sleep } from "./kit.ts";

test("one at a time for each key, in order; other keys do not wait", async () => {
  const connection = client(await deadUrl());
  const events: string[] = [];
  const write = (key: string, name: string, ms: number) =>
    connection.bind({}).serial(key, async () => {
      events.push(`+${name}`);
      await sleep(ms);
      events.push(`-${name}`);
      return name;
    });
  const all = [write("u", "a", 30), write("u", "b", 1), write("v", "c", 1), write("u", "d", 1)];
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  expect(events.filter((event) => !event.endsWith("c"))).toEqual(["+a", "-a", "+b", "-b", "+d", "-d"]);
  expect(events.indexOf("-c")).toBeLessThan(events.indexOf("-a"));
});

test("a failure is its own writer's only", async () => {
  const http = client(await deadUrl()).bind({});
  const broken = http.serial("u", async () => {
    throw new Error("no");
  });
  const next = http.serial("u", async () => "fine");
  await expect(broken).rejects.toThrow("no");
  expect(await next).toBe("fine");
});

test("abort and deadline end the wait for a turn, which keeps the order of the others", async () => {
  const connection = client(await deadUrl());
  const stop = new AbortController();
  const events: string[] = [];
  const write = (name: string) => async () => {
    events.push(`+${name}`);
    stop.abort();
    await sleep(80);
    events.push(`-${name}`);
  };
  const refused = async (name: string, promise: Promise<void>) => {
    const { reason, outcome, message } = await failure(promise);
    events.push(`${name}: ${reason}, ${outcome}`);
    return message;
  };
  const first = connection.bind({ signal: stop.signal }).serial("u", write("first"));
  const aborted = refused("b", connection.bind({ signal: stop.signal }).serial("u", write("b")));
  const late = refused("c", connection.bind({ deadline: Date.now() + 20 }).serial("u", write("c")));
  const last = connection.bind({ deadline: Date.now() + 10_000 }).serial("u", write("last"));
  expect(await aborted).toContain("cancelled while waiting for earlier writes to u");
  expect(await late).toContain("raise customTimeouts");
  await Promise.all([first, last]);
  expect(events).toEqual([
    "+first",
    "b: aborted, not-sent",
    "c: deadline, not-sent",
    "-first",
    "+last",
    "-last",
  ]);
});

test("a turn that is given up lets nobody past the write that is still under way", async () => {
  const connection = client(await deadUrl());
  const stop = new AbortController();
  const events: string[] = [];
  let finish = () => {};
  const first = connection.bind({}).serial("u", async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    events.push("first");
  });
  const given = connection.bind({ signal: stop.signal }).serial("u", async () => {});
  stop.abort();
  await failure(given);
  const last = connection.bind({}).serial("u", async () => void events.push("last"));
  await sleep(1);
  finish();
  await Promise.all([first, last]);
  expect(events).toEqual(["first", "last"]);
});
