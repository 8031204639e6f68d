import { describe, expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { isUserLocked, listMfaDevices } from "../../../provider/hyperstore/functions/logins.ts";
import { johnsAddress } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

const serialNumber = "arn:aws:iam::79da61faead93bdb326419974418c93e:mfa/root-account-mfa-device";
const device = { serialNumber, seed: "A".repeat(64), drift: 0 };

describe("isUserLocked", () => {
  test("says whether a user is locked out, by either address", async () => {
    const { ask, state, canonicalUserId } = await withSession();
    expect(await ask(isUserLocked, johnsAddress)).toEqual({ locked: false });
    edit(state, { action: "lockUser", ...johnsAddress });
    expect(await ask(isUserLocked, { canonicalUserId })).toEqual({ locked: true });
  });

  test("is an error for nobody, and for two addresses", async () => {
    const { ask, canonicalUserId } = await withSession();
    await expect(ask(isUserLocked, { ...johnsAddress, userId: "Jim" })).rejects.toThrow(
      'there is no user "QA/Jim"',
    );
    await expect(ask(isUserLocked, { ...johnsAddress, canonicalUserId })).rejects.toThrow(
      "give groupId and userId, or canonicalUserId alone",
    );
  });
});

describe("listMfaDevices", () => {
  test("lists those that are activated", async () => {
    const { ask, state, canonicalUserId } = await withSession();
    expect(await ask(listMfaDevices, johnsAddress)).toEqual({ mfaDevices: [] });
    const enableDate = "2024-04-02T13:56:38Z";
    Object.assign(state.users.get(canonicalUserId) ?? {}, {
      mfaDevices: [
        { ...device, enableDate },
        { ...device, serialNumber: `${serialNumber}2`, enableDate: null },
      ],
    });
    expect(await ask(listMfaDevices, johnsAddress)).toEqual({ mfaDevices: [{ serialNumber, enableDate }] });
  });

  test("takes its 404 for what it says, a user who is not there or inactive", async () => {
    const { ask, send } = await withSession();
    await expect(ask(listMfaDevices, { ...johnsAddress, userId: "Jim" })).rejects.toThrow(
      'there is no user "QA/Jim", or the user is inactive',
    );
    await send("POST", "/user", { body: { ...johnsAddress, userType: "User", active: "false" } });
    await expect(ask(listMfaDevices, johnsAddress)).rejects.toThrow(
      'there is no user "QA/John", or the user is inactive',
    );
  });
});
