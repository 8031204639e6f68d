import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { count, gibibytes } from "../counts.ts";
import { flag } from "../rules.ts";
import { hyperstore } from "../system.ts";
import type { LicenseData } from "../wire.ts";

const text = (meaning: string) => z.string().optional().describe(`${meaning} Section 11.10.3.`);
const number = (meaning: string) => z.number().optional().describe(`${meaning} Section 11.10.3.`);
const yes = (meaning: string) => z.boolean().describe(`${meaning} Section 11.10.3.`);

const outputs = z.object({
  // Whoever has it can do nothing with it, and every resource's `system` shows it.
  licenseNumber: text("Number that identifies the licence, and with it the system; no secret."),
  licenseHolder: text("Organisation that the licence was issued to."),
  issued: number("When it was issued, in milliseconds since 1970 UTC."),
  expiration: number("When it expires, in milliseconds since 1970 UTC."),
  warnPeriodDays: number("How many days before that the CMC begins to warn."),
  gracePeriodDays: number("How many days after that the system is disabled."),
  enforcing: yes(
    "Whether the system refuses new data at 110 % of the licensed storage, and stops tiering at 110 % of the licensed tiering.",
  ),
  storageMode: text(
    "What is licensed: `NET`, without overhead from replication and erasure coding, or `RAW`.",
  ),
  maxNetStorageGiB: number("Licensed storage in GiB, where `storageMode` is `NET`."),
  maxRawStorageGiB: number(
    "Licensed storage in GiB beyond that of the appliances, where `storageMode` is `RAW`.",
  ),
  storageExceeded: yes("Whether 110 % of the licensed storage was reached and is not below 100 % again."),
  maxTieredStorageGiB: number("Licensed tiering to systems other than HyperStore in GiB; -1 is unlimited."),
  tieringExceeded: yes("Whether 110 % of the licensed tiering was reached and is not below 100 % again."),
  objectLockMode: text("Kind of Object Lock licensed: `DISABLED`, `COMPATIBLE` or `CERTIFIED`."),
  hyperIQ: text("Level of HyperIQ licensed: `basic`, or a number of days of the `Enterprise` level."),
  phoneHomeBucket: text("Bucket that the data for Smart Support go to; absent where that is off."),
  environment: text("`aws_outposts_singlenode` for a single-node system in AWS Outposts."),
  externalLicense: text("`aws` for a system licensed through AWS Local Zones."),
  appliances: z
    .array(
      z
        .object({
          nodeId: z.string().describe("Node that the appliance is."),
          productName: z.string().describe("Name of the product."),
          maxStorage: z.string().describe("Raw storage licensed for it, as the system writes it."),
        })
        .meta({ title: "LicensedAppliance" }),
    )
    .describe("The HyperStore appliances among the nodes. Section 11.10.3."),
});

export const getLicense = providerFunction({
  token: "tenantry:hyperstore:getLicense",
  describe: "The terms of the system's licence. Admin API 8.2, section 11.10.",
  inputs: z.strictObject({}),
  outputs,
  connect: hyperstore,
  async call(api) {
    const license = await api.getLicense();
    if (!license) throw new ProviderError("refused", "the system shows no licence");
    return readLicense(license);
  },
});

function readLicense(license: LicenseData): z.output<typeof outputs> {
  const as = <T>(name: string, read: (value: unknown, what: string) => T): T | undefined =>
    license[name] == null ? undefined : read(license[name], `the licence's ${name}`);
  return {
    licenseNumber: as("licenseNumber", String),
    licenseHolder: as("licenseHolder", String),
    issued: as("issued", count),
    expiration: as("expiration", count),
    warnPeriodDays: as("warnPeriod", count),
    gracePeriodDays: as("gracePeriod", count),
    enforcing: flag(license.enforcing),
    storageMode: as("storageMode", String),
    maxNetStorageGiB: as("maxNetStorage", gibibytes),
    maxRawStorageGiB: as("maxRawStorage", gibibytes),
    storageExceeded: flag(license.storageExceeded),
    maxTieredStorageGiB: as("maxTieredStorage", gibibytes),
    tieringExceeded: flag(license.tieringExceeded),
    objectLockMode: as("objectLockMode", String),
    hyperIQ: as("hyperIQ", String),
    phoneHomeBucket: as("phoneHomeBucket", String),
    environment: as("environment", String),
    externalLicense: as("externalLicense", String),
    appliances: appliancesOf(license.appliances),
  };
}

/** A "JSON object" of which no sample shows the form, or null, or 0: one object and a list of them are understood. */
function appliancesOf(value: unknown) {
  return [value]
    .flat()
    .filter((each): each is Record<string, unknown> => typeof each === "object" && each !== null)
    .map(({ nodeId, productName, maxStorage }) => ({
      nodeId: String(nodeId ?? ""),
      productName: String(productName ?? ""),
      maxStorage: String(maxStorage ?? ""),
    }));
}
