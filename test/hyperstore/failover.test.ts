import { describe, expect, test } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { Credential } from "../../provider/hyperstore/credential.ts";
import { Group } from "../../provider/hyperstore/group.ts";
import { hyperstore } from "../../provider/hyperstore/system.ts";
import { check } from "../../provider/resource/check.ts";
import { johnsAddress, start, withJohn } from "../emulator/hyperstore/harness.ts";
import { deadUrl } from "../http/kit.ts";
import { withSession } from "./kit.ts";

/** Two nodes of one system, and a program's provider that knows both. */
async function withTwoNodes(options = {}) {
  const first = await withJohn(options);
  const second = await start({ ...options, state: first.state });
  const hyperstoreEndpoint = `${first.url}, ${second.url}`;
  const kit = await withSession({}, { hyperstoreEndpoint, hyperstoreRequestTimeout: 0.2 });
  return { ...kit, first, second };
}

const writesOf = ({ requests }: HyperStoreEmulator) =>
  requests.flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));

describe("several endpoints", () => {
  test("the first one is used while it answers", async () => {
    const { engine, first, second } = await withTwoNodes();
    await engine(Group).up({ groupId: "Team" });
    expect(writesOf(first)).toEqual(["PUT /group", "PUT /user", "PUT /group"]);
    expect(second.requests).toEqual([]);
  });

  test("one that is down costs a warning, and the object belongs to the same system afterwards", async () => {
    const { engine, first, logs, state } = await withTwoNodes();
    const group = engine(Group);
    await group.up({ groupId: "Team" });
    await first.close();
    expect(await group.refresh()).toEqual([]);
    expect(await group.up({ groupId: "Team", groupName: "The team" })).toBe("update");
    expect(logs.filter((line) => line.startsWith("warn: HyperStore does not answer at"))).not.toEqual([]);
    await group.destroy();
    expect(state.groups.has("Team")).toBe(false);
  });

  test.each(["reset-after", "timeout-after", "reset-before", "timeout-before"] as const)(
    "a write that ends in %s is settled at the other one, and made once",
    async (kind) => {
      const { engine, first, second } = await withTwoNodes();
      first.faults.add({ kind, match: { method: "POST", path: "/user/credentials" } });
      const credential = engine(Credential);
      await credential.up(johnsAddress);
      expect([...first.state.credentials.keys()]).toEqual([credential.state()?.outputs.accessKey]);
      const isDone = kind.endsWith("after");
      expect(writesOf(second)).toEqual(isDone ? [] : ["POST /user/credentials"]);
      const [probe, settling] = second.requests;
      expect([probe?.path, settling?.path]).toEqual(["/system/license", "/user/credentials/list"]);
    },
  );

  test("without a licence number the first address is what identifies the system, whichever is up", async () => {
    const { engine, first } = await withTwoNodes({ licenseNumber: "" });
    const group = engine(Group);
    await group.up({ groupId: "Team" });
    await first.close();
    expect(await group.refresh()).toEqual([]);
    expect(group.state()?.outputs.system).toBe(first.url);
  });

  test("of two systems are refused as soon as the second one is needed, and nothing looks deleted", async () => {
    const first = await withJohn();
    const second = await start({ licenseNumber: "2" });
    const hyperstoreEndpoint = `${first.url},${second.url}`;
    const { engine } = await withSession({}, { hyperstoreEndpoint });
    const group = engine(Group);
    await group.up({ groupId: "Team" });
    first.faults.add({ kind: "reset-before", nth: 2, times: 100 });
    await expect(group.refresh()).rejects.toThrow(
      /belongs to another system: license 2 here, license 123456/,
    );
    expect(second.requests.map(({ path }) => path)).toEqual(["/system/license"]);
  });

  test("none of which answers are all named", async () => {
    const [one, two] = [await deadUrl(), await deadUrl()];
    const { engine } = await withSession({}, { hyperstoreEndpoint: `${one},${two}` });
    const error: Error = await engine(Group)
      .up({ groupId: "Team" })
      .catch((reason) => reason);
    for (const url of [one, two]) expect(error.message).toContain(url);
  });
});

describe("hyperstoreEndpoint", () => {
  const url = "https://a:19443";
  test.each([
    [url, []],
    [`${url}, https://b:19443/base,http://c`, []],
    ["a:19443", ["must be a URL such as https://hyperstore.example.com:19443"]],
    [`${url},`, ["number 2 of the list must be a URL such as https://hyperstore.example.com:19443"]],
    [`${url},ftp://b`, ["number 2 of the list must be a URL such as https://hyperstore.example.com:19443"]],
    ["https://me:pw@a", ["must have no user, password, query or fragment"]],
    [`${url},https://b?x=1`, ["number 2 of the list must have no user, password, query or fragment"]],
    [`${url},https://b,${url}`, ["number 3 of the list is there already"]],
  ])("%s", (endpoint, reasons) => {
    const { failures } = check(hyperstore.config, { endpoint, password: "p" });
    expect(failures.map(({ reason }) => reason)).toEqual(reasons);
  });
});
