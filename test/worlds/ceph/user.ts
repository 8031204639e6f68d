import fc, { type Arbitrary } from "fast-check";
import type { UserInfo } from "../../../provider/ceph/client/wire.ts";
import type { Properties, Value } from "../../../provider/resource/value.ts";
import { encoded, must } from "../../ceph/support/ask.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, type Release, type Thing, unique } from "./native.ts";
import { makeBucket, makeSubuser, uniqueBucket, user as userThing } from "./things.ts";

const pacificCaps = [
  "users",
  "buckets",
  "metadata",
  "usage",
  "zone",
  "roles",
  "user-policy",
  "oidc-provider",
];
export const capTypes: Record<Release, string[]> = {
  pacific: pacificCaps,
  reef: [...pacificCaps, "ratelimit", "info"],
  tentacle: [...pacificCaps, "ratelimit", "info", "accounts"],
};

export const capsIn = (release: Release) =>
  fc.dictionary(fc.constantFrom(...capTypes[release]), fc.constantFrom("read", "write", "*"), {
    maxKeys: 4,
    noNullPrototype: true,
  });

/** The random uid with what no other world has. */
export const uniqueUid = (random: Value | undefined): string => `${String(random)}${unique()}`;

const secretKey = fc.stringMatching(/^[A-Za-z0-9/+%=]{20,40}$/);
const rotate = fc.constantFrom("1", "2", "März 2026");

/** An import can name a given pair only by its access key. */
const key = (subusers: string[]) =>
  fc.record({
    name: fc.constantFrom("main", "second", "éà% +", "a_b-c", "longer name"),
    isGiven: fc.boolean(),
    secretKey: fc.option(secretKey, { nil: undefined }),
    rotate: fc.option(rotate, { nil: undefined }),
    keepPrevious: fc.constantFrom(0, 1),
    subuser: fc.option(fc.constantFrom(...subusers), { nil: undefined }),
  });

const keysFor = (subusers: string[]): Arbitrary<Properties> =>
  fc.array(key(subusers.length > 0 ? subusers : [undefined as never]), { maxLength: 3 }).map((each) =>
    Object.fromEntries(
      each.map(({ name, isGiven, secretKey: secret, rotate: value, subuser, keepPrevious }) => {
        const given = `GIVEN${unique()}`;
        const pair = isGiven ? { accessKey: given, secretKey: secret } : { rotate: value };
        return [isGiven ? given : name, present({ ...pair, subuser, keepPrevious })];
      }),
    ),
  );

const existence = ({ look, ...thing }: Thing): Thing => ({
  ...thing,
  look: async (access) => ((await look(access)) === undefined ? undefined : true),
});

export const user: Native = {
  inputs: (random, release) =>
    fc
      .tuple(random, capsIn(release), fc.constantFrom(undefined, "default-placement"), fc.boolean())
      .chain(([inputs, caps, defaultPlacement, hasClass]) =>
        keysFor(Object.keys((inputs.subusers ?? {}) as Properties)).map((keys) =>
          present({
            ...inputs,
            uid: uniqueUid(inputs.uid),
            email: inputs.email ? `${inputs.email}${unique()}` : undefined,
            defaultPlacement,
            defaultStorageClass: defaultPlacement && hasClass ? "STANDARD" : undefined,
            caps,
            keys,
            rateLimit: release === "pacific" ? undefined : inputs.rateLimit,
            // What others add is drift only then.
            exclusive: true,
          }),
        ),
      ),
  sharing: (program) => ({ ...program, exclusive: false }),
  async plant(access, uid) {
    const query = `uid=${encoded(uid)}`;
    const pair = `access-key=PLANTED${unique()}&secret-key=${unique()}`;
    await must(access, "PUT", `/admin/user?key&${query}&key-type=s3&${pair}`);
    await must(access, "PUT", `/admin/user?caps&${query}&user-caps=bilog=read`);
    await makeSubuser(access, uid, "planted");
    return async () => {
      const info = (await must(access, "GET", `/admin/user?${query}`)).json() as UserInfo;
      return {
        keys: info.keys.filter(({ access_key }) => access_key.startsWith("PLANTED")),
        subusers: info.subusers.filter(({ id }) => id === `${uid}:planted`),
        swiftKeys: info.swift_keys.filter(({ user }) => user === `${uid}:planted`),
        caps: info.caps.filter(({ type }) => type === "bilog"),
      };
    };
  },
  async fill(access, uid) {
    const name = uniqueBucket(uid.includes("$"), uid.split("$")[0]);
    const made = await makeBucket(access, name);
    const query = `bucket=${encoded(name.includes("/") ? name : `/${name}`)}&uid=${encoded(uid)}`;
    await must(access, "PUT", `/admin/bucket?${query}`);
    return made.filter(({ key }) => key.startsWith("bucket "));
  },
  // With `exclusive`, a refresh tells whether anything is left that should not be.
  traces: ({ path, query }) => (path === "/admin/user" && query.uid ? [existence(userThing(query.uid))] : []),
};
