import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { johnsAddress, outcome, start, withJohn } from "./harness.ts";

describe("the system", () => {
  it("tells its version as plain text (11.14)", async () => {
    const { send } = await start({ version: "8.1.1" });
    const reply = await send("GET", "/system/version");
    expect([reply.text, reply.type]).toEqual([
      "8.1.1 Compiled: 2024-08-16 16:32",
      "text/plain;charset=UTF-8",
    ]);
  });

  it("tells its licence (11.10)", async () => {
    const { send } = await start({ licenseNumber: "42" });
    expect((await send("GET", "/system/license")).json()).toMatchObject({
      licenseNumber: "42",
      storageMode: "NET",
    });
  });

  it("lists a group's buckets (11.3)", async () => {
    const { send, state } = await withJohn();
    const query = { groupId: "QA" };
    expect((await send("GET", "/system/bucketlist", { query })).status).toBe(204);
    edit(state, { action: "giveBucket", ...johnsAddress, bucketName: "b1" });
    edit(state, { action: "giveBucket", ...johnsAddress, bucketName: "b2" });
    const [owner, ...others] = (await send("GET", "/system/bucketlist", { query })).json();
    expect(others).toEqual([]);
    expect(owner.userId).toBe("John");
    expect(owner.buckets).toMatchObject([{ bucketName: "b1", region: "region1" }, { bucketName: "b2" }]);
    expect(owner.buckets[0].createTime).toMatch(/^\d{13}$/);
    expect(outcome(await send("GET", "/system/bucketlist"))).toBe(
      "400 Missing required parameter: {groudId}",
    );
  });
});
