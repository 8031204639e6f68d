import { describe, expect, it, vi } from "vitest";
import { codeAt, halfMinuteNow } from "../../../emulator/hyperstore/totp.ts";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

const missing = "400 Missing or invalid parameters";
const invalid = "400 Invalid parameter or missing required parameter";
const wrong = "403 Invalid MFA authentication code";
const noDevice = "404 User is not found or MFA device is not found";

async function withDevice({ name = "myDevice" } = {}) {
  const emulator = await withJohn();
  const { send } = emulator;
  const ask = async (method: string, path: string, query: Record<string, string>) =>
    send(method, `/user/mfa/${path}`, { query: { ...johnsAddress, ...query } });
  const created = (await ask("POST", "createDevice", { virtualMFADeviceName: name })).json();
  const serialNumber = created.serialNumber as string;
  const seed = Buffer.from(created.base32StringSeed, "base64").toString();
  /** Two codes as an authenticator shows them whose clock is wrong by so many half minutes. */
  const codes = (drift = 0) => ({
    authenticationCode1: codeAt(seed, halfMinuteNow() + drift),
    authenticationCode2: codeAt(seed, halfMinuteNow() + drift + 1),
  });
  const post = async (path: string, query: Record<string, string> = {}) =>
    outcome(await ask("POST", path, { serialNumber, ...query }));
  const remove = async (query: Record<string, string> = {}) =>
    outcome(await ask("DELETE", "deleteDevice", { serialNumber, ...query }));
  const listed = async () => (await ask("GET", "list", {})).json();
  const verify = (drift = 0) => post("verify", { authenticationCode: codes(drift).authenticationCode1 });
  return { ...emulator, ask, post, remove, listed, verify, codes, created, serialNumber };
}

describe("codes", () => {
  // RFC 6238, appendix B: the SHA-1 values of the seed "12345678901234567890", in base32 here, without their first two digits.
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [20000000000, "353130"],
  ])("are those of RFC 6238 at %i s", (seconds, code) => {
    expect(codeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Math.floor(seconds / 30))).toBe(code);
  });
});

describe("POST /user/mfa/createDevice (14.18)", () => {
  it("answers what the sample of 14.18.4 shows, and enables nothing", async () => {
    const { created, canonicalUserId, listed } = await withDevice();
    expect(Object.keys(created).sort()).toEqual(
      ["base32StringSeed", "enableDate", "qrCodePNG", "serialNumber", "user"].sort(),
    );
    expect(created).toMatchObject({
      serialNumber: `arn:aws:iam::${canonicalUserId}:mfa/myDevice`,
      enableDate: null,
      user: null,
    });
    expect(Buffer.from(created.base32StringSeed, "base64").toString()).toMatch(/^[A-Z2-7]{64}$/);
    expect(await listed()).toEqual({ MFADevices: [] });
  });

  it("puts the path before the name", async () => {
    const { ask, canonicalUserId } = await withDevice();
    const query = { virtualMFADeviceName: "other", path: "/a/b/" };
    const { serialNumber } = (await ask("POST", "createDevice", query)).json();
    expect(serialNumber).toBe(`arn:aws:iam::${canonicalUserId}:mfa/a/b/other`);
  });

  it.each([
    ["no name", { virtualMFADeviceName: "" }, invalid],
    ["a name with a space", { virtualMFADeviceName: "my phone" }, invalid],
    ["a path without slashes", { virtualMFADeviceName: "x", path: "a" }, invalid],
    [
      "the same name in other case",
      { virtualMFADeviceName: "MYDEVICE" },
      "409 Virtual MFA device already exists",
    ],
    ["no such user", { virtualMFADeviceName: "x", userId: "Jim" }, "204 "],
  ])("refuses %s", async (_, query, expected) => {
    const { ask } = await withDevice();
    expect(outcome(await ask("POST", "createDevice", query as Record<string, string>))).toBe(expected);
  });
});

describe("an enabled device", () => {
  it("is listed, verified, deactivated and deleted (14.20, 14.11, 14.22, 14.19, 14.4)", async () => {
    const { post, remove, listed, verify, codes, serialNumber } = await withDevice();
    expect(await verify()).toBe(wrong);
    expect(await post("enableDevice", codes())).toBe("200 ");
    expect(await listed()).toEqual({
      MFADevices: [
        {
          EnableDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          SerialNumber: serialNumber,
        },
      ],
    });
    expect(await verify()).toBe("200 ");
    expect(await verify(5)).toBe(wrong);
    expect(await remove()).toBe("409 Device is active. Must deactivate before deleting.");
    expect(await post("deactivateDevice")).toBe("200 ");
    expect(await listed()).toEqual({ MFADevices: [] });
    expect(await remove()).toBe("200 ");
    expect(await remove()).toBe(
      "404 Specified MFA Device does not exist or does not belong to specified user",
    );
  });

  it("is the only one of a user (14.20.5)", async () => {
    const { post, ask, codes } = await withDevice();
    await post("enableDevice", codes());
    const other = (await ask("POST", "createDevice", { virtualMFADeviceName: "second" })).json();
    expect(await post("enableDevice", { serialNumber: other.serialNumber, ...codes() })).toBe(
      "409 Exceeding max MFA devices or this MFA device is already enabled on another user",
    );
  });

  it("is brought in step when its clock is wrong (14.21)", async () => {
    const { post, verify, codes } = await withDevice();
    await post("enableDevice", codes());
    expect(await verify(20)).toBe(wrong);
    expect(await post("resyncDevice", codes(20))).toBe("200 ");
    expect(await verify(20)).toBe("200 ");
    expect(await verify()).toBe(wrong);
  });

  it("shows in the extended list (14.10.2)", async () => {
    const { post, codes, send, serialNumber } = await withDevice();
    const list = async () => {
      const query = { groupId: "QA", userType: "all", userStatus: "all", extended: "true" };
      return (await send("GET", "/user/list", { query })).json()[0];
    };
    expect(await list()).not.toHaveProperty("mfaSerialNumber");
    await post("enableDevice", codes());
    expect(await list()).toMatchObject({ mfaSerialNumber: serialNumber, locked: false });
  });
});

describe("codes that are no good", () => {
  it("are refused, and never recorded", async () => {
    const { post, codes, requests } = await withDevice();
    const { authenticationCode1, authenticationCode2 } = codes();
    const swapped = { authenticationCode1: authenticationCode2, authenticationCode2: authenticationCode1 };
    expect(await post("enableDevice", swapped)).toBe(wrong);
    expect(JSON.stringify(requests)).not.toContain(authenticationCode1);
  });

  it("expire", async () => {
    const { post, codes } = await withDevice();
    const old = codes();
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5 * 60_000);
    expect(await post("enableDevice", old)).toBe(wrong);
    clock.mockRestore();
  });
});

describe("what is not there", () => {
  const inactive = { userId: "Jim" };
  it.each([
    ["enableDevice", { authenticationCode1: "1", authenticationCode2: "2" }, noDevice, missing],
    ["resyncDevice", { authenticationCode1: "1", authenticationCode2: "2" }, noDevice, missing],
    ["verify", { authenticationCode: "1" }, noDevice, missing],
    ["deactivateDevice", {}, "204 ", invalid],
  ])("%s", async (path, codes, noUser, incomplete) => {
    const { post } = await withDevice();
    expect(await post(path, { ...codes, ...inactive })).toBe(noUser);
    expect(await post(path, { ...codes, serialNumber: "" })).toBe(incomplete);
    const unknown = await post(path, { ...codes, serialNumber: "arn:aws:iam::1:mfa/none" });
    expect(unknown).toMatch(/^404 /);
  });

  it("an inactive user has no devices to list or delete", async () => {
    const { ask, remove, state, canonicalUserId } = await withDevice();
    Object.assign(state.users.get(canonicalUserId)?.info ?? {}, { active: "false" });
    expect(outcome(await ask("GET", "list", {}))).toBe("404 User inactive or not found");
    expect(await remove()).toBe("204 ");
    expect(outcome(await ask("GET", "list", { canonicalUserId }))).toBe(invalid);
  });
});
