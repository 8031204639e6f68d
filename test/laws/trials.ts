import { connect } from "node:net";
import { expect } from "vitest";
import { fastClock, hurried } from "../http/clock.ts";
import { deadUrl, serveBytes } from "../http/kit.ts";
import type { Site, Trial, Way } from "../worlds/way.ts";

/** What the settings do that every way to every system has, and those that say where it is and who asks. */
export function trialsOf(way: Way): Readonly<Record<string, Trial>> {
  const at = (config: Site["config"], url: string) => ({ ...config, [keyOf(way, way.address)]: url });
  const write = way.write && { refuseWrites };
  return {
    ...Object.fromEntries(way.credentials.map((name) => [name, credential(keyOf(way, name))])),
    [way.address]: address,
    caCert,
    insecure,
    connections: connections(at),
    connectTimeout: timeout(at, "https", /no connection in time/),
    requestTimeout: timeout(at, "http", /no answer in time/),
    ...write,
    ...way.trials,
  };
}

const keyOf = ({ system }: Way, name: string) =>
  `${system.name}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

type At = (config: Site["config"], url: string) => Site["config"];

const address: Trial = async ({ start, open }) => {
  const [site, other, dead] = [await start(), await start(), await deadUrl()];
  for (const value of [other.url, `${dead}, ${other.url}`]) {
    await open({ ...site.config, ...credentialsOf(other) }, value).read();
    expect(other.requests.splice(0)).not.toEqual([]);
  }
  expect(site.requests).toEqual([]);
  await expect(open(site.config, dead).read()).rejects.toMatchObject({ reason: "unreachable" });
};

/** All but where it is. */
const credentialsOf = ({ config, url }: Site) =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== url));

const credential =
  (key: string): Trial =>
  async ({ start, open }) => {
    const { config } = await start();
    await open(config, String(config[key])).read();
    await expect(open(config, "another").read()).rejects.toMatchObject({ message: /answered 40[13]/ });
  };

const untrusted = { reason: "tls", outcome: "not-sent" };

const caCert: Trial = async ({ start, open }) => {
  const [{ config, caCert }, other] = [await start({ tls: true }), await start({ tls: true })];
  await open(config, caCert).read();
  await expect(open(config, other.caCert).read()).rejects.toMatchObject(untrusted);
  await expect(open(config, undefined).read()).rejects.toMatchObject(untrusted);
};

const insecure: Trial = async ({ start, open }) => {
  const { config } = await start({ tls: true });
  const opened = open(config, "true");
  await opened.read();
  expect(opened.logs).toContainEqual(expect.stringMatching(/^warn: .*not verified: insecure is set/));
  for (const value of ["false", undefined])
    await expect(open(config, value).read()).rejects.toMatchObject(untrusted);
};

const connections =
  (at: At): Trial =>
  async ({ start, open }) => {
    const { config, port } = await start({ latencyMs: 10 });
    let [now, most] = [0, 0];
    const door = await serveBytes((socket) => {
      most = Math.max(most, ++now);
      const behind = connect(port, "127.0.0.1").on("error", () => socket.destroy());
      socket.pipe(behind).pipe(socket);
      socket.on("close", () => {
        now--;
        behind.destroy();
      });
    });
    for (const [value, allowed] of [
      ["1", 1],
      ["3", 3],
      [undefined, 16],
    ] as const) {
      await expect.poll(() => now).toBe(0);
      most = 0;
      const opened = open(at(config, door), value);
      await Promise.all(Array.from({ length: allowed + 3 }, (_, nth) => opened.read(nth)));
      expect(most).toBe(allowed);
      await opened.close();
    }
  };

/** How long a server that says nothing is waited for, by the clock that undici has for this: it is a second off at most. */
const timeout =
  (at: At, scheme: "http" | "https", problem: RegExp): Trial =>
  async ({ start, open }) => {
    const { config } = await start();
    // No whole number of milliseconds.
    await open(config, "0.3333").read();
    const seconds: number[] = [];
    const silent = await serveBytes((socket) => {
      const began = fastClock.now();
      socket.resume().on("close", () => seconds.push((fastClock.now() - began) / 1000));
    });
    await hurried(async () => {
      const opened = open(at(config, silent.replace("http", scheme)), "10");
      const ended = expect(opened.read()).rejects.toThrow(problem);
      await expect.poll(() => seconds.length, { interval: 5, timeout: 3000 }).toBe(1);
      opened.cancel();
      await ended;
      // It waits for an attempt to connect that is underway.
      await opened.close();
    });
    expect(seconds[0]).toBeGreaterThan(8);
    expect(seconds[0]).toBeLessThan(20);
  };

const refuseWrites: Trial = async ({ start, open }) => {
  const { config, requests } = await start();
  const refused = { code: "refused", message: expect.stringContaining("nothing was sent") };
  await expect(open(config, "true").write()).rejects.toMatchObject(refused);
  expect(requests).toEqual([]);
  for (const value of ["false", undefined]) {
    await open(config, value).write();
    expect(requests.splice(0)).toMatchObject([{ method: "DELETE" }]);
  }
};
