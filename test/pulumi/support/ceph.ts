import { test as base, describe, vi } from "vitest";
import { startRadosgwProxy } from "../../../emulator/ceph/index.ts";
import type { UserInfo } from "../../../provider/ceph/client/wire.ts";
import { type Access, ask, encoded, must } from "../../ceph/support/ask.ts";
import { type Release, startRadosgw, whyNot } from "../../ceph/support/radosgw.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { createStack } from "./stack.ts";

// Every command starts an engine, a program and a plugin: a second each on an idle machine, several on a busy one.
vi.setConfig({ testTimeout: 180_000 });

const environmentOf = ({ endpoint, accessKey, secretKey }: Access) => ({
  RADOSGW_ENDPOINT: endpoint,
  RADOSGW_ACCESS_KEY: accessKey,
  RADOSGW_SECRET_KEY: secretKey,
});

const extended = (release: Release) =>
  base
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads off the pattern which fixtures are needed
    .extend("radosgw", { scope: "file" }, async ({}, { onCleanup }) => {
      const radosgw = await startRadosgw(release);
      onCleanup(() => radosgw.stop());
      return radosgw;
    })
    .extend("system", { scope: "file" }, async ({ radosgw }, { onCleanup }) => {
      const proxy = await startRadosgwProxy({ target: radosgw.endpoint });
      onCleanup(() => proxy.close());
      const access = { ...radosgw, endpoint: proxy.url };
      return {
        ...access,
        requests: proxy.requests,
        /** A stack that is configured for it, which the caller closes. */
        open: (example?: string) =>
          createStack({ env: environmentOf(access), ...(example !== undefined && { example }) }),
      };
    })
    .extend("stack", async ({ system }, { onCleanup }) => {
      const stack = await system.open();
      onCleanup(() => stack.close());
      return stack;
    })
    /** Of this test alone, and gone after it. */
    .extend("uid", async ({ radosgw }, { onCleanup }) => {
      const uid = `u ${unique()}`;
      onCleanup(async () => {
        await ask(radosgw, "DELETE", `/admin/user?uid=${encoded(uid)}&purge-data=true`);
      });
      return uid;
    });

/** A `test` with one radosgw of a release for the whole file, a stack that it is configured for, and a uid. */
export async function testOn(
  release: Release,
  tests: (test: ReturnType<typeof extended>) => void,
): Promise<void> {
  // What a whole file shares can only be defined outside of a describe.
  const test = extended(release);
  describe.skipIf(await whyNot(release))(`on ${release}`, () => tests(test));
}

/** What others do to a user by the admin API, as in "PUT", "?key", { "access-key": … }. */
export function hand(
  system: Access,
  uid: string,
  method: string,
  what = "",
  parameters: Record<string, string> = {},
) {
  const query = Object.entries(parameters).map(([key, value]) => `&${key}=${encoded(value)}`);
  return must(system, method, `/admin/user${what}${what ? "&" : "?"}uid=${encoded(uid)}${query.join("")}`);
}

export const userInfo = async (system: Access, uid: string): Promise<UserInfo> =>
  (await hand(system, uid, "GET")).json() as UserInfo;

/** Runs and gives along the requests of the run that could change something, in their order, as "PUT /user". */
export async function writing<T>(
  system: { requests: { method: string; path: string }[] },
  run: () => Promise<T>,
) {
  system.requests.length = 0;
  const result = await run();
  const writes = system.requests.filter(({ method }) => method !== "GET");
  return { ...result, writes: writes.map(({ method, path }) => `${method} ${path.replace("/admin", "")}`) };
}
