import { expect, test } from "vitest";
import { Caps } from "../../provider/ceph/caps.ts";
import { Key } from "../../provider/ceph/key.ts";
import { Quota } from "../../provider/ceph/quota.ts";
import { RateLimit } from "../../provider/ceph/ratelimit.ts";
import { Subuser } from "../../provider/ceph/subuser.ts";
import { User } from "../../provider/ceph/user.ts";
import type { Resource } from "../../provider/resource/definition.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { sessionWith } from "../hyperstore/kit.ts";

type Declared = [definition: Resource, inputs: Properties];

/** What a program with these resources gets to read. */
function refusals(...program: Declared[]): string[] {
  const { session } = sessionWith({
    cephEndpoint: "http://127.0.0.1:1",
    cephAccessKey: "key",
    cephSecretKey: "secret",
  });
  return program.flatMap(([definition, inputs], index) => {
    const urn = `urn:pulumi:stack::project::${definition.token}::${index}`;
    const { failures } = lifecycle(definition, session).check({ urn, news: { uid: "ada", ...inputs } });
    return failures.map(({ reason }) => reason);
  });
}

const user = (inputs: Properties = {}): Declared => [User, { displayName: "Ada", ...inputs }];
const key: Declared = [Key, {}];
const given: Declared = [Key, { accessKey: "GIVEN", secretKey: "some secret" }];
const subuser: Declared = [Subuser, { name: "sub", access: "full" }];
const caps: Declared = [Caps, { caps: { users: "read" } }];
const rateLimit: Declared = [RateLimit, { maxReadOps: 1 }];
const quota: Declared = [Quota, { scope: "bucket", maxObjects: 1 }];

test("parts that the user resource does not manage are others' to manage", () => {
  const own = { keys: { main: {} }, subusers: { other: { access: "read" } }, userQuota: { maxObjects: 1 } };
  expect(refusals(user(own), key, given, subuser, caps, quota, rateLimit)).toEqual([]);
  expect(refusals(user({ exclusive: true }), quota)).toEqual([]);
});

test.each<[thing: string, own: Properties, other: Declared]>([
  ["the caps of Ceph user", { caps: { buckets: "*" } }, caps],
  ["the caps of Ceph user", { exclusive: true }, caps],
  ["the bucket quota of Ceph user", { bucketQuota: { maxObjects: 1 } }, quota],
  ["the rate limit of Ceph user", { rateLimit: { maxReadOps: 1 } }, rateLimit],
  ["the keys of Ceph user", { exclusive: true }, key],
  ['key "GIVEN" of Ceph user', { keys: { main: { accessKey: "GIVEN" } } }, given],
  ["the subusers of Ceph user", { exclusive: true }, subuser],
  ['subuser "sub" of Ceph user', { subusers: { sub: { access: "read" } } }, subuser],
])("%s is managed once: %j", (thing, own, other) => {
  const reason = (urn: string) => `${urn} manages ${thing} "ada" already: keep one of the two`;
  const [, inputs] = user(own);
  const rival = (definition: Resource) => `urn:pulumi:stack::project::${definition.token}::0`;
  expect(refusals([User, inputs], other)).toEqual([reason(rival(User))]);
  expect(refusals(other, [User, inputs])).toEqual([reason(rival(other[0]))]);
});

test.each<[Declared]>([[given], [subuser], [caps], [quota]])("nor by two of one kind: %j", (one) => {
  expect(refusals(one, one)).toHaveLength(1);
});

test("two keys that the provider chooses are two", () => {
  expect(refusals(key, key)).toEqual([]);
});
