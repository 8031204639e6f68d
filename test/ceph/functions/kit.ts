import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, onTestFinished } from "vitest";
import { startRadosgwProxy } from "../../../emulator/ceph/index.ts";
import { ceph } from "../../../provider/ceph/system.ts";
import { sessionWith } from "../../hyperstore/kit.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { type Access, ask, encoded, must } from "../support/ask.ts";
import { type Radosgw, type Release, releases, startRadosgw, whyNot } from "../support/radosgw.ts";

const systems = await Promise.all(releases.map(async (each) => [each, await whyNot(each)] as const));

/** The same tests on a radosgw of each release. */
export function onEachRelease(tests: (radosgw: () => Radosgw, release: Release) => void): void {
  for (const [release, why] of systems)
    describe.skipIf(why)(`on ${release}`, () => {
      let radosgw: Radosgw;
      beforeAll(async () => {
        radosgw = await startRadosgw(release);
      });
      afterAll(() => radosgw?.stop());
      tests(() => radosgw, release);
    });
}

/** A session of the provider, with the requests that it sends, and faults that may strike them. */
export async function sessionOn({ endpoint, accessKey, secretKey }: Access) {
  const proxy = await startRadosgwProxy({ target: endpoint });
  onTestFinished(() => proxy.close());
  const config = { cephEndpoint: proxy.url, cephAccessKey: accessKey, cephSecretKey: secretKey };
  const world = sessionWith(config);
  const api = world.session.connection(ceph).client(world.session.scope(undefined, undefined), "read");
  return { ...world, api, requests: proxy.requests, faults: proxy.faults };
}

/** A session on a server that answers the same to everything, which no radosgw here can be brought to. */
export async function sessionOnAnswer(answer: object) {
  const server = createServer((_, response) => response.end(JSON.stringify(answer)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return sessionOn({ endpoint: `http://127.0.0.1:${port}`, accessKey: "key", secretKey: "secret" });
}

/** A user of this test alone, and its key; all of it goes with the test. */
export async function makeUser(radosgw: Access, { tenant = "", query = "" } = {}) {
  const name = unique();
  const uid = tenant === "" ? name : `${tenant}$${name}`;
  const path = `/admin/user?uid=${encoded(uid)}`;
  const pair = { accessKey: `key-${name}`, secretKey: `secret-${name}` };
  await must(
    radosgw,
    "PUT",
    `${path}&display-name=${name}&access-key=${pair.accessKey}&secret-key=${pair.secretKey}${query}`,
  );
  onTestFinished(async () => {
    await ask(radosgw, "DELETE", `${path}&purge-data=true`);
  });
  return { uid, name, ...radosgw, ...pair };
}

/** A bucket of the user, with a name that no other has. */
export async function makeBucket(user: Access): Promise<string> {
  const bucket = `bucket-${unique()}`;
  await must(user, "PUT", `/${bucket}`);
  return bucket;
}
