import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { hyperstore } from "../system.ts";
import { addressOf, nameOf, userAddress } from "./address.ts";

export const isUserLocked = providerFunction({
  token: "tenantry:hyperstore:isUserLocked",
  describe:
    "Whether a user is locked out of the CMC after too many wrong passwords. An error when there is no such user. Admin API 8.2, section 14.9.",
  inputs: userAddress,
  outputs: z.object({ locked: z.boolean().describe("Whether the user is locked out now.") }),
  connect: hyperstore,
  async call(api, address) {
    const locked = await api.isLocked(addressOf(address));
    if (locked === undefined) throw new ProviderError("refused", `there is no user "${nameOf(address)}"`);
    return { locked };
  },
});

export const listMfaDevices = providerFunction({
  token: "tenantry:hyperstore:listMfaDevices",
  describe:
    "The MFA devices that are activated for a user. Enrolment is between the user and the CMC, so no resource does it. An error when there is no such user, or the user is inactive. Admin API 8.2, section 14.11.",
  inputs: userAddress,
  outputs: z.object({
    mfaDevices: z
      .array(
        z
          .object({
            serialNumber: z.string().describe("Serial number, in the form of an ARN."),
            enableDate: z.string().describe("When it was activated, such as `2024-04-02T13:56:38Z`."),
          })
          .meta({ title: "MfaDevice" }),
      )
      .describe("The devices, none where the user logs in without MFA."),
  }),
  connect: hyperstore,
  async call(api, address) {
    const devices = await api.listMfaDevices(addressOf(address));
    if (!devices)
      throw new ProviderError("refused", `there is no user "${nameOf(address)}", or the user is inactive`);
    return {
      mfaDevices: devices.map(({ SerialNumber, EnableDate }) => ({
        serialNumber: SerialNumber,
        enableDate: EnableDate,
      })),
    };
  },
});
