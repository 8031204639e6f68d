import { describe, expect, it } from "vitest";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

async function withControl() {
  const emulator = await withJohn({ control: true });
  const control = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${emulator.url}/_emulator/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: reply.status, text: await reply.text() };
  };
  return { ...emulator, control };
}

describe("the control door", () => {
  it("replaces the faults", async () => {
    const { send, control } = await withControl();
    const faults = [{ kind: "500", nth: "every" }];
    expect((await control("POST", "faults", faults)).status).toBe(204);
    expect((await send("GET", "/system/version")).status).toBe(500);
    await control("POST", "faults", [{ kind: "503", retryAfter: 0.1 }]);
    const unavailable = await send("GET", "/system/version");
    expect([unavailable.status, unavailable.headers.get("retry-after")]).toEqual([503, "0.1"]);
    await control("POST", "faults", []);
    expect((await send("GET", "/system/version")).status).toBe(200);
  });

  it("keeps the faults that it has where a list is refused", async () => {
    const { send, control } = await withControl();
    await control("POST", "faults", [{ kind: "500", nth: "every" }]);
    expect((await control("POST", "faults", [{ kind: "503" }, { kind: "5O4" }])).status).toBe(400);
    expect((await send("GET", "/system/version")).status).toBe(500);
    expect((await send("GET", "/system/version")).status).toBe(500);
  });

  it("shows and clears the recorded requests, itself not among them", async () => {
    const { send, control } = await withControl();
    await control("DELETE", "requests");
    await send("GET", "/system/version");
    const { text } = await control("GET", "requests");
    expect(JSON.parse(text)).toMatchObject([{ method: "GET", path: "/system/version", status: 200 }]);
  });

  it("is not hit by faults", async () => {
    const { control } = await withControl();
    await control("POST", "faults", [{ kind: "500", nth: "every" }]);
    expect((await control("GET", "requests")).status).toBe(200);
  });

  it("edits what has no API", async () => {
    const { send, control, state, canonicalUserId } = await withControl();
    const edits = [
      { action: "lockUser", ...johnsAddress },
      { action: "giveBucket", ...johnsAddress, bucketName: "b" },
      { action: "addIamUser", ...johnsAddress, iamUser: "tom" },
    ];
    expect((await control("POST", "state", edits)).status).toBe(204);
    expect((await send("GET", "/user/islocked", { query: johnsAddress })).text).toBe("true");
    expect((await send("DELETE", "/user", { query: johnsAddress })).status).toBe(400);
    expect(state.users.get(canonicalUserId)?.iamUsers).toEqual(["tom"]);
    await control("POST", "state", { action: "removeBuckets", ...johnsAddress });
    await control("POST", "state", { action: "removeIamUser", ...johnsAddress, iamUser: "tom" });
    expect((await send("DELETE", "/user", { query: johnsAddress })).status).toBe(200);
  });

  it("recreates a user under another canonical id, with the old one deleted", async () => {
    const { send, control, canonicalUserId } = await withControl();
    await send("PUT", "/user/credentials", { query: johnsAddress });
    await control("POST", "state", { action: "recreateUser", ...johnsAddress });
    const again = (await send("GET", "/user", { query: johnsAddress })).json();
    expect(again).toMatchObject({ userId: "John", active: "true" });
    expect(again.canonicalUserId).not.toBe(canonicalUserId);
    expect((await send("GET", "/user/credentials/list", { query: johnsAddress })).status).toBe(204);
    const deleted = { groupId: "QA", userType: "all", userStatus: "deleted" };
    expect((await send("GET", "/user/list", { query: deleted })).json()).toHaveLength(1);
  });

  it.each([
    ["faults", [{ kind: "nonsense" }], "unknown fault kind"],
    ["faults", ["500"], "expected a JSON object"],
    ["faults", { kind: "500", ntn: 2 }, "a fault has no ntn; it has kind, match,"],
    ["faults", { kind: "500", match: { url: "/user" } }, "a match has no url; it has method, path"],
    ["state", { action: "nonsense" }, "unknown action"],
    ["state", { action: "lockUser", userId: "Jim", groupId: "QA" }, "no user QA/Jim"],
    ["state", { action: "giveBucket", ...johnsAddress }, "bucketName is missing"],
    ["state", { action: "changeBucket", bucketName: "b", bucket: {} }, "no bucket b"],
    ["state", { action: "changeCluster", cluster: { nods: [] } }, "nods is not one of policies, nodes,"],
  ])("refuses to put into %s %j", async (path, body, expected) => {
    const { control } = await withControl();
    const reply = await control("POST", path, body);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text).error).toContain(expected);
  });

  it("is shut unless asked for", async () => {
    const { url, send } = await withJohn();
    expect((await fetch(`${url}/_emulator/requests`)).status).toBe(401);
    expect(outcome(await send("GET", "/_emulator/requests"))).toBe("404 Not Found");
  });
});
