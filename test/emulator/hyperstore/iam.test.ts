import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { ofUser } from "../../../emulator/hyperstore/keys.ts";
import { emptyGroup, emptyUser, type State } from "../../../emulator/hyperstore/state.ts";
import * as subjects from "../../../emulator/hyperstore/subjects.ts";
import { addUser, findUser } from "../../../emulator/hyperstore/users.ts";
import { start } from "./harness.ts";
import { signedByV2, withIam } from "./iam.ts";

const john = { UserId: "John", GroupId: "QA" };
const namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

/** John, and so his group, stored something in an hour of July 2024. */
function addHour(state: State): void {
  const user = findUser(state, "QA", "John");
  for (const subject of user ? [subjects.ofUser(user), subjects.ofGroup("QA")] : [])
    state.usage.records.push({
      granularity: "hour",
      subject,
      region: "region1",
      operation: "SB",
      timestamp: Date.UTC(2024, 6, 1),
      value: "1",
      maxValue: "1",
      count: 1,
    });
}

describe("the IAM Service's actions", () => {
  it("answers a group as the sample does (6.2.6)", async () => {
    const { ask } = await withIam();
    const { status, text } = await ask("GetCloudianGroup", { GroupId: "QA" });
    expect(status).toBe(200);
    expect(text).toBe(`<?xml version="1.0" encoding="utf-8"?>
<GetCloudianGroupResponse xmlns="${namespace}">
  <ResponseMetadata>
    <RequestId>id</RequestId>
  </ResponseMetadata>
  <GroupInfo>
    <active>true</active>
    <groupId>QA</groupId>
    <groupName></groupName>
    <ldapEnabled>false</ldapEnabled>
    <ldapGroup></ldapGroup>
    <ldapMatchAttribute></ldapMatchAttribute>
    <ldapSearch></ldapSearch>
    <ldapSearchUserBase></ldapSearchUserBase>
    <ldapServerURL></ldapServerURL>
    <ldapUserDNTemplate></ldapUserDNTemplate>
    <s3endpointshttp>ALL</s3endpointshttp>
    <s3endpointshttps>ALL</s3endpointshttps>
    <s3websiteendpoints>ALL</s3websiteendpoints>
  </GroupInfo>
</GetCloudianGroupResponse>
`);
  });

  it.each<[action: string, query: Record<string, string>, elements: RegExp]>([
    ["GetCloudianGroupList", {}, /<ListWrapper>\s*<groupInfo>\s*<active>true</],
    ["GetCloudianUser", john, /<CassandraUserInfo>\s*<active>Active</],
    [
      "GetCloudianUserList",
      { GroupId: "QA", UserType: "all", UserStatus: "all", Extended: "true" },
      /<ListWrapper>\s*<CassandraUserInfo>\s*<active>Active<[\s\S]*<locked>false</,
    ],
    ["GetCloudianUserCredentialsList", john, /<ListWrapper>\s*<SecurityInfo>\s*<accessKey>\w+</],
    ["GetCloudianUserCredentialsListActive", john, /<ListWrapper>\s*<SecurityInfo>\s*<accessKey>\w+</],
    [
      "GetCloudianQosLimits",
      john,
      /<UserQosOverrides>\s*<groupId>QA<[\s\S]*<qosLimitList>\s*<type>\w+<\/type>\s*<value>-1</,
    ],
    ["GetCloudianSystemLicense", {}, /<LicenseData>[\s\S]*<expiration>2\d{3}-\d\d-\d\dT[\d:.]+-07:00</],
  ])("%s has the documented elements", async (action, query, elements) => {
    const { ask } = await withIam({ initialCredential: true });
    const { status, text } = await ask(action, query);
    expect(status).toBe(200);
    expect(text).toContain(`<${action}Response xmlns="${namespace}">`);
    expect(text).toContain(`</${action}Response>`);
    expect(text).toMatch(elements);
  });

  it.each<[action: string, query: Record<string, string>, elements: RegExp]>([
    ["GetCloudianMonitorNodeList", {}, /<String>\ncentos7-vm1\n<\/String>\s*<String>\ncentos7-vm2\n/],
    [
      "GetCloudianMonitorHost",
      { NodeId: "centos7-vm1" },
      /<MonitorNodeInfo>[\s\S]*<cpu>\s*<timestamp>\d{13}</,
    ],
    ["GetCloudianMonitorRegion", {}, /<MonitorSystemInfo>[\s\S]*<nodeStatuses>\s*<hostname>/],
    [
      "GetCloudianMonitorEvents",
      { NodeId: "centos7-vm1" },
      /<ListWrapper>\s*<monitoringEvent>[\s\S]*<ack>false</,
    ],
    [
      "GetCloudianUsage",
      {
        Id: "QA|*",
        Operation: "SB",
        StartTime: "202407010000",
        EndTime: "202408010000",
        Granularity: "hour",
      },
      /<ListWrapper>\s*<UsageData>[\s\S]*<operation>SB</,
    ],
  ])("%s has the documented elements", async (action, query, elements) => {
    const { ask, state } = await withIam();
    const event = {
      nodeId: "centos7-vm1",
      eventType: "14|",
      statId: "svcS3",
      condition: "=",
      conditionVal: "SVC_DOWN",
      value: "SVC_DOWN",
      severityLevel: 2,
    };
    edit(state, { action: "raiseEvent", event });
    addHour(state);
    const { status, text } = await ask(action, query);
    expect(status).toBe(200);
    expect(text).toMatch(elements);
  });

  it("GetCloudianBill is asked by canonical id (3.1.7)", async () => {
    const { ask, state, send, canonicalUserId } = await withIam();
    addHour(state);
    const query = { canonicalUserId, billingPeriod: "202407" };
    const parameters = { CanonicalUserId: canonicalUserId, BillingPeriod: "202407" };
    expect((await ask("GetCloudianBill", parameters)).code).toBe("NoSuchEntity");
    await send("POST", "/billing", { query });
    expect((await ask("GetCloudianBill", parameters)).text).toMatch(/<Bill>\s*<billID>[\w-]+</);
  });

  it("ends a version with another tag than it begins with, as the sample does (11.14.4)", async () => {
    const { ask } = await withIam();
    const { text } = await ask("GetCloudianSystemVersion");
    expect(text).toMatch(
      /<GetCloudianSystemVersionResponse [\s\S]*<String>\n8\.2 Compiled: [^<]+\n<\/String>\n<\/GetSystemVersionResponse>/,
    );
  });

  it("never shows a secret key (14.6.6)", async () => {
    const { ask, state } = await withIam({ initialCredential: true });
    const [key] = [...state.credentials.values()].filter(({ iamUser }) => iamUser === undefined);
    const one = await ask("GetCloudianUserCredentials", { AccessKey: key?.accessKey ?? "" });
    const list = await ask("GetCloudianUserCredentialsList", john);
    for (const { text } of [one, list]) {
      expect(text).toContain(`<accessKey>${key?.accessKey}</accessKey>`);
      expect(text).toMatch(/<createDate>2\d{3}-/);
      expect(text).not.toMatch(/secretKey/);
    }
  });

  it("says Active and Inactive of users, true and false of groups", async () => {
    const { ask, state } = await withIam();
    Object.assign(state.groups.get("QA")?.info ?? {}, { active: "false" });
    addUser(state, { ...emptyUser("QA", "Jane", "User"), active: "false" }, "", false);
    expect((await ask("GetCloudianUser", { ...john, UserId: "Jane" })).text).toContain(
      "<active>Inactive</active>",
    );
    expect((await ask("GetCloudianGroup", { GroupId: "QA" })).text).toContain("<active>false</active>");
  });

  it("escapes text", async () => {
    const { ask, state } = await withIam();
    Object.assign(state.groups.get("QA")?.info ?? {}, { groupName: "a<b>&\r\nc" });
    const { text } = await ask("GetCloudianGroup", { GroupId: "QA" });
    expect(text).toContain("<groupName>a&lt;b&gt;&amp;&#13;\nc</groupName>");
  });

  it("takes GET and POST alike (1.7.1)", async () => {
    const { ask, post } = await withIam();
    const query = { GroupId: "QA" };
    expect(await post("GetCloudianGroup", query)).toEqual(await ask("GetCloudianGroup", query));
  });

  it("pages lists as the Admin API does", async () => {
    const { ask, state } = await withIam();
    for (const id of ["Q1", "Q2", "Q3"]) state.groups.set(id, { info: emptyGroup(id), ratingPlans: {} });
    const { text } = await ask("GetCloudianGroupList", { Prefix: "Q", Limit: "2", Offset: "Q2" });
    expect(text.match(/<groupId>\w+/g)).toEqual(["<groupId>Q2", "<groupId>Q3", "<groupId>QA"]);
  });
});

describe("what it refuses", () => {
  it.each<[what: string, action: string, query: Record<string, string>, refused: string]>([
    ["an action that there is not", "GetCloudianNothing", {}, "400 InvalidAction"],
    ["a write", "DeleteUser", { UserName: "x" }, "400 InvalidAction"],
    ["names in lower case", "GetCloudianGroup", { groupId: "QA" }, "400 ValidationError"],
    ["an unknown parameter", "GetCloudianGroup", { GroupId: "QA", Verbose: "1" }, "400 ValidationError"],
    ["a missing parameter", "GetCloudianGroup", {}, "400 ValidationError"],
    ["a bill by user id", "GetCloudianBill", { ...john, BillingPeriod: "202407" }, "400 ValidationError"],
    ["a group that there is not", "GetCloudianGroup", { GroupId: "no" }, "404 NoSuchEntity"],
    ["a user that there is not", "GetCloudianUser", { ...john, UserId: "no" }, "404 NoSuchEntity"],
    ["a key that there is not", "GetCloudianUserCredentials", { AccessKey: "no" }, "404 NoSuchEntity"],
    ["the keys of nobody", "GetCloudianUserCredentialsList", { ...john, UserId: "no" }, "404 NoSuchEntity"],
  ])("%s", async (_, action, query, refused) => {
    const { ask } = await withIam();
    const { status, code, text } = await ask(action, query);
    expect(`${status} ${code}`).toBe(refused);
    expect(text).toContain(`<ErrorResponse xmlns="${namespace}">`);
  });

  it("says in the way that is asked for that there is no object", async () => {
    for (const [absent, expected] of [
      ["204", "204 "],
      ["empty", "200 "],
    ] as const) {
      const { ask } = await withIam({ iam: { absent } });
      const { status, code, text } = await ask("GetCloudianGroup", { GroupId: "no" });
      expect(`${status} ${code}`).toBe(expected);
      expect(text).not.toContain("GroupInfo");
    }
  });

  it("a user without keys has an empty list", async () => {
    const { ask } = await withIam();
    const { status, text } = await ask("GetCloudianUserCredentialsList", john);
    expect(status).toBe(200);
    expect(text).toMatch(/<ListWrapper>\s*<\/ListWrapper>/);
  });

  it.each([
    [undefined, "", ""],
    [true, "", "InvalidAction"],
    [false, "InvalidAction", ""],
  ])(
    "knows two actions by both spellings, or by one: tableSpelling %s",
    async (tableSpelling, table, own) => {
      const { ask } = await withIam({ iam: tableSpelling === undefined ? true : { tableSpelling } });
      expect((await ask("GetCloudianQoSLimits", john)).code).toBe(table); // 1.7.2
      expect((await ask("GetCloudianQosLimits", john)).code).toBe(own); // 9.2.6
    },
  );

  it.each([
    ["GET", "HmacSHA256"],
    ["POST", "HmacSHA1"],
  ])("takes Signature v2 in a %s with %s (1.7.1)", async (method, algorithm) => {
    const { iam } = await withIam();
    const asked = { Action: "GetCloudianGroup", GroupId: "QA" };
    const answer = await signedByV2(iam, method, algorithm, asked);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining("<groupId>QA</groupId>") });
    const wrong = await signedByV2({ ...iam, secretKey: "wrong" }, method, algorithm, asked);
    expect(wrong).toMatchObject({ status: 403, code: "SignatureDoesNotMatch" });
  });

  it("keeps a signature out of the record", async () => {
    const { iam, requests } = await withIam();
    await signedByV2(iam, "GET", "HmacSHA256", { Action: "GetCloudianSystemVersion" });
    expect(requests.at(-1)?.query).toMatchObject({ AWSAccessKeyId: iam.accessKey, Signature: "[redacted]" });
  });

  it("a wrong secret, an unknown key and an inactive one", async () => {
    const { ask, iam, state } = await withIam();
    const asking = async (key: { accessKey: string; secretKey: string }) => {
      const { status, code } = await ask("GetCloudianSystemVersion", {}, key);
      return `${status} ${code}`;
    };
    expect(await asking({ ...iam, secretKey: "wrong" })).toBe("403 SignatureDoesNotMatch");
    expect(await asking({ ...iam, accessKey: "unknown" })).toBe("403 InvalidClientTokenId");
    Object.assign(state.credentials.get(iam.accessKey) ?? {}, { active: false });
    expect(await asking(iam)).toBe("403 InvalidClientTokenId");
  });
});

describe("who may read what (1.7.2, 1.7.3)", () => {
  /** A key of a user of this type, in QA or in the system group, and one of an IAM user of that account. */
  async function withUser(userType: string) {
    const world = await withIam();
    const { state } = world;
    const groupId = userType === "SystemAdmin" ? "0" : "QA";
    const user = addUser(state, emptyUser(groupId, "asker", userType), "", true);
    const [key] = ofUser(state, user);
    if (!key) throw new Error("the user has no key");
    const iamKey = { ...key, accessKey: `${key.accessKey}iam`, iamUser: "sub" };
    state.credentials.set(iamKey.accessKey, iamKey);
    const allow = (...allowed: string[]) =>
      edit(state, { action: "allowIamUser", groupId, userId: "asker", iamUser: "sub", allowed });
    state.groups.set("Other", { info: emptyGroup("Other"), ratingPlans: {} });
    const self = { UserId: "asker", GroupId: groupId };
    return { ...world, key, iamKey, allow, self };
  }
  const other = { GroupId: "Other" };

  it.each<[userType: string, allowed: string[]]>([
    ["SystemAdmin", ["license", "groups", "own group", "other group", "own user", "John", "version"]],
    ["GroupAdmin", ["own group", "own user", "John", "version"]],
    ["User", ["own user", "version"]],
  ])("a %s: %j", async (userType, expected) => {
    const { ask, key, self } = await withUser(userType);
    const attempts: Record<string, Promise<{ code: string }>> = {
      license: ask("GetCloudianSystemLicense", {}, key),
      groups: ask("GetCloudianGroupList", {}, key),
      "own group": ask("GetCloudianGroup", { GroupId: self.GroupId }, key),
      "other group": ask("GetCloudianGroup", other, key),
      "own user": ask("GetCloudianUser", self, key),
      John: ask("GetCloudianUserCredentialsList", john, key),
      version: ask("GetCloudianSystemVersion", {}, key),
    };
    const allowed: string[] = [];
    for (const [what, attempt] of Object.entries(attempts)) {
      const { code } = await attempt;
      if (code === "") allowed.push(what);
      else expect(code).toBe("AccessDenied");
    }
    expect(allowed).toEqual(expected);
  });

  it("an IAM user may nothing without a policy, and with one no more than it says", async () => {
    const { ask, iamKey, allow } = await withUser("SystemAdmin");
    const version = () => ask("GetCloudianSystemVersion", {}, iamKey);
    expect(await version()).toMatchObject({ status: 403, code: "AccessDenied" });
    expect((await version()).text).toContain("admin:GetCloudianSystemVersion");
    allow("admin:GetCloudianSystemVersion");
    expect((await version()).status).toBe(200);
    expect((await ask("GetCloudianGroupList", {}, iamKey)).code).toBe("AccessDenied");
    allow("admin:GetCloudianG*");
    expect((await ask("GetCloudianGroupList", {}, iamKey)).status).toBe(200);
    expect((await version()).code).toBe("AccessDenied");
  });

  it("an IAM user reaches no further than its parent", async () => {
    const { ask, iamKey, allow } = await withUser("User");
    allow("admin:GetCloudian*");
    expect((await ask("GetCloudianGroup", { GroupId: "QA" }, iamKey)).code).toBe("AccessDenied");
    expect((await ask("GetCloudianUser", john, iamKey)).code).toBe("AccessDenied");
  });

  it("a key says whose it is by its owner", async () => {
    const { ask, key, iam } = await withUser("User");
    expect((await ask("GetCloudianUserCredentials", { AccessKey: key.accessKey }, key)).status).toBe(200);
    expect((await ask("GetCloudianUserCredentials", { AccessKey: iam.accessKey }, key)).code).toBe(
      "AccessDenied",
    );
  });
});

describe("the second listener", () => {
  it("shares faults and recorded requests with the first", async () => {
    const { ask, faults, requests, send } = await withIam();
    requests.length = 0;
    faults.add({ kind: "403", match: { path: "/" } }, { kind: "500", match: { path: "/system/version" } });
    expect((await send("GET", "/system/version")).status).toBe(500);
    expect(await ask("GetCloudianSystemVersion")).toMatchObject({ status: 403, code: "AccessDenied" });
    expect((await ask("GetCloudianSystemVersion")).status).toBe(200);
    expect(requests).toMatchObject([
      { path: "/system/version", fault: "500" },
      { path: "/", query: { Action: "GetCloudianSystemVersion" }, fault: "403" },
      { path: "/", status: 200 },
    ]);
  });

  it("keeps its key when the system is reset, and in a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const data = join(folder, "state.json");
    const first = await withIam({ data });
    first.reset();
    expect((await first.ask("GetCloudianSystemVersion")).status).toBe(200);
    await first.close();
    const second = await withIam({ data });
    expect(second.iam.accessKey).toBe(first.iam.accessKey);
    expect((await second.ask("GetCloudianSystemVersion")).status).toBe(200);
    rmSync(folder, { recursive: true });
  });

  it("is off unless asked for", async () => {
    const { iam, state } = await start();
    expect(iam).toBeUndefined();
    expect(state.credentials.size).toBe(0);
  });
});
