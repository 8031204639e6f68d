import { expect, onTestFinished } from "vitest";
import type { UserInfo } from "../../../provider/ceph/client/wire.ts";
import type { Outputs } from "../../../provider/ceph/user/fields.ts";
import { User } from "../../../provider/ceph/user.ts";
import { type Properties, reveal } from "../../../provider/resource/value.ts";
import type { UpOptions } from "../../laws/engine.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { sessionOn } from "../functions/kit.ts";
import { type Access, ask, encoded, must } from "../support/ask.ts";

interface Options {
  /** Exactly; else one that no other test has. */
  uid?: string;
  tenant?: string;
}

/** A program with one ceph.User, of a user of this test alone, and the hands of others on that user. */
export async function userOn(radosgw: Access, { tenant, uid: given }: Options = {}) {
  const name = given ?? unique();
  const uid = tenant === undefined ? name : `${tenant}$${name}`;
  const at = `/admin/user?uid=${encoded(uid)}`;
  onTestFinished(async () => {
    await ask(radosgw, "DELETE", `${at}&purge-data=true`);
  });
  const kit = await sessionOn(radosgw);
  const { up, refresh, destroy, state, import: take, ...engine } = kit.engine(User);
  const full = (program: Properties): Properties => ({ uid, displayName: "Ada", ...program });

  /** Others ask the admin API for something about the user, as in "PUT", "?key", { "access-key": … }. */
  const hand = (method: string, what = "", parameters: Record<string, string> = {}) => {
    const query = Object.entries(parameters).map(([key, value]) => `&${key}=${encoded(value)}`);
    return must(radosgw, method, `/admin/user${what}${what ? "&" : "?"}uid=${encoded(uid)}${query.join("")}`);
  };
  const info = async () => (await hand("GET")).json() as UserInfo;
  return {
    ...kit,
    ...engine,
    uid,
    hand,
    info,
    keys: async () => (await info()).keys.map(({ access_key }) => access_key).sort(),
    addKey: (accessKey: string, more: Record<string, string> = {}) =>
      hand("PUT", "?key", { "key-type": "s3", "access-key": accessKey, "secret-key": "theirs", ...more }),
    up: (program: Properties = {}, options: UpOptions = {}) => up(full(program), options),
    destroy,
    state,
    import: () => take(uid),
    /** The paths that a refresh shows. */
    async drift() {
      const changes = await refresh();
      return changes === "gone" ? changes : changes.map(({ property }) => property).sort();
    },
    /** What a program would change, without asking the server. */
    plan: (program: Properties = {}) =>
      engine.operation(async (calls) => {
        const held = state();
        const { inputs, failures } = await calls.check({ urn: engine.urn, news: full(program) });
        expect(failures).toEqual([]);
        return held ? (await calls.diff({ urn: engine.urn, ...held, news: inputs })).changes : undefined;
      }),
    outputs: () => reveal(state()?.outputs ?? {}) as Properties & Outputs,
    /** What was sent since, as "PUT /user?quota", without what every update begins with. */
    sent() {
      const requests = kit.requests.splice(0).map(({ method, path, query }) => {
        const part = ["key", "caps", "quota", "subuser", "global"].find((each) => each in query);
        return `${method} ${path.replace("/admin", "")}${part ? `?${part}` : ""}`;
      });
      return requests.filter((each) => each !== "GET /config" && each !== "GET /user");
    },
  };
}

/** Whether a pair opens S3. */
export const opens = async (
  radosgw: Access,
  { accessKey, secretKey }: { accessKey: string; secretKey: string },
): Promise<boolean> => (await ask({ ...radosgw, accessKey, secretKey }, "GET", "/")).status === 200;
