import { expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { john, johnsAddress, outcome, withJohn } from "./harness.ts";

const path = "/qos/limits";
const ten = {
  wlStorageQuotaKBytes: "-1",
  hlStorageQuotaKBytes: "1073741824",
  wlStorageQuotaCount: "-1",
  hlStorageQuotaCount: "-1",
  wlRequestRate: "-1",
  hlRequestRate: "600",
  wlDataKBytesIn: "-1",
  hlDataKBytesIn: "-1",
  wlDataKBytesOut: "-1",
  hlDataKBytesOut: "-1",
};

test("limits are posted by one set of names and listed by another (9.2.4)", async () => {
  const { send } = await withJohn();
  expect(outcome(await send("POST", path, { query: { ...johnsAddress, ...ten } }))).toBe("200 ");
  const { groupId, userId, qosLimitList } = (await send("GET", path, { query: johnsAddress })).json();
  expect({ groupId, userId }).toEqual({ groupId: "QA", userId: "John" });
  expect(qosLimitList).toHaveLength(10);
  expect(qosLimitList).toContainEqual({ type: "STORAGE_QUOTA_KBYTES_LH", value: 1073741824 });
  expect(qosLimitList).toContainEqual({ type: "REQUEST_RATE_LH", value: 600 });
});

test("an older system calls two of them by their old names (9.2.4)", async () => {
  const { send } = await withJohn({ legacyQosTypes: true });
  await send("POST", path, { query: { ...johnsAddress, ...ten } });
  const { qosLimitList } = (await send("GET", path, { query: johnsAddress })).json();
  expect(qosLimitList).toContainEqual({ type: "STORAGE_QUOTA_KBYTES", value: 1073741824 });
  expect(qosLimitList).not.toContainEqual(expect.objectContaining({ type: "STORAGE_QUOTA_COUNT_LH" }));
});

test("each level and region has limits of its own, all off until they are set", async () => {
  const { send, state } = await withJohn();
  state.regions.push("region2");
  await send("POST", path, { query: { groupId: "QA", userId: "*", region: "region2", ...ten } });
  const off = async (query: Record<string, string>) =>
    (await send("GET", path, { query }))
      .json()
      .qosLimitList.every(({ value }: { value: number }) => value === -1);
  expect(await off({ groupId: "QA", userId: "*", region: "region2" })).toBe(false);
  expect(await off({ groupId: "QA", userId: "*" })).toBe(true);
  expect(await off({ groupId: "QA", userId: "ALL", region: "region2" })).toBe(true);
  expect(await off({ groupId: "*", userId: "ALL", region: "region2" })).toBe(true);
});

test("a deletion removes what was set (9.1)", async () => {
  const { send, state } = await withJohn();
  await send("POST", path, { query: { ...johnsAddress, ...ten } });
  expect(state.qos.size).toBe(1);
  expect(outcome(await send("DELETE", path, { query: johnsAddress }))).toBe("200 ");
  expect(state.qos.size).toBe(0);
});

test.each([[{ userId: "ALL", groupId: "*" }], [{ userId: "*", groupId: "ALL" }]])(
  "a deletion of the region's default %o is not refused by anything in 9.1",
  async (level) => {
    const { send, state } = await withJohn();
    await send("POST", path, { query: { ...level, ...ten } });
    expect(outcome(await send("DELETE", path, { query: level }))).toBe("200 ");
    expect(state.qos.size).toBe(0);
  },
);

test("limits go with their user, and with their group", async () => {
  const { send, state } = await withJohn({ deletionDelayMs: 0 });
  state.regions.push("region2");
  const levels = [johnsAddress, { userId: "ALL", groupId: "QA" }, { userId: "*", groupId: "QA" }];
  for (const region of state.regions)
    for (const level of levels) await send("POST", path, { query: { ...level, region, ...ten } });
  await send("POST", path, { query: { groupId: "*", userId: "ALL", ...ten } });
  expect(state.qos.size).toBe(7);
  await send("DELETE", "/user", { query: johnsAddress });
  expect(state.qos.size).toBe(5);
  await send("PUT", "/user", { body: john });
  const { qosLimitList } = (await send("GET", path, { query: johnsAddress })).json();
  expect(qosLimitList.every(({ value }: { value: number }) => value === -1)).toBe(true);
  await send("DELETE", "/user", { query: johnsAddress });
  await send("DELETE", "/group", { query: { groupId: "QA" } });
  expect([...state.qos.keys()]).toEqual(['["region1","*","ALL"]']);
});

test("a user who is deleted and made again by others starts without limits", async () => {
  const { send, state } = await withJohn();
  await send("POST", path, { query: { ...johnsAddress, ...ten } });
  edit(state, { action: "recreateUser", ...johnsAddress });
  expect(state.qos.size).toBe(0);
});

test.each([
  ["GET", { groupId: "QA", userId: "nobody" }, "400 User does not exist"],
  ["GET", { groupId: "QA" }, "400 Missing required parameters : {userId, groupId}"],
  ["GET", { ...johnsAddress, region: "nowhere" }, "400 Region nowhere is invalid"],
  ["POST", { ...johnsAddress, ...ten, hlRequestRate: "many" }, "400 Invalid parameter"],
  ["POST", { ...johnsAddress, ...ten, hlRequestRate: "1.5" }, "400 Invalid parameter"],
])("%s with %o is refused", async (method, query, expected) => {
  const { send } = await withJohn();
  expect(outcome(await send(method, path, { query: query as Record<string, string> }))).toBe(expected);
});

test("all ten must be given (9.3.3)", async () => {
  const { send } = await withJohn();
  const { hlDataKBytesOut: _, ...nine } = ten;
  expect(outcome(await send("POST", path, { query: { ...johnsAddress, ...nine } }))).toMatch(
    /^400 Missing required parameters : \{userId, groupId, wlStorageQuotaKBytes/,
  );
});
