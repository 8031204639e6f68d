import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { count } from "../counts.ts";
import { hyperstore } from "../system.ts";

export const getVersion = providerFunction({
  token: "tenantry:hyperstore:getVersion",
  describe: "The version of HyperStore that the system runs. Admin API 8.2, section 11.14.",
  inputs: z.strictObject({}),
  outputs: z.object({
    version: z.string().describe("The version, such as `8.1.1`. Section 11.14.2."),
    compiled: z
      .string()
      .optional()
      .describe("When it was compiled, such as `2024-08-16 16:32`. Section 11.14.2."),
  }),
  connect: hyperstore,
  async call(api) {
    const text = await api.getVersion();
    const [, version, compiled] = /^(\S+)(?:\s+Compiled:\s*(.+))?/.exec(text) ?? [];
    if (version === undefined) throw new ProviderError("refused", "the system answered no version");
    return { version, compiled };
  },
});

export const isObjectLockEnabled = providerFunction({
  token: "tenantry:hyperstore:isObjectLockEnabled",
  describe:
    "Whether buckets with Object Lock can be made: the licence has to support it, and for the kind `CERTIFIED` the HyperStore Shell has to be on and root passwords off. Admin API 8.2, section 11.12.",
  inputs: z.strictObject({}),
  outputs: z.object({ enabled: z.boolean().describe("Whether Object Lock is enabled. Section 11.12.2.") }),
  connect: hyperstore,
  async call(api) {
    const text = await api.getObjectLockEnabled();
    if (text !== "true" && text !== "false")
      throw new ProviderError(
        "refused",
        `the system answered "${text.slice(0, 60)}" when asked whether Object Lock is enabled, where the Admin API promises true or false`,
      );
    return { enabled: text === "true" };
  },
});

export const getDataCenters = providerFunction({
  token: "tenantry:hyperstore:getDataCenters",
  describe: "The data centres of a service region and the nodes in each. Admin API 8.2, section 11.7.",
  inputs: z.strictObject({
    region: z
      .string()
      .min(1)
      .optional()
      .describe("The service region; absent means the default region. Section 11.7.2."),
  }),
  outputs: z.object({
    dataCenters: z
      .array(
        z
          .object({
            name: z.string().describe("Name of the data centre. Section 11.7.4."),
            nodes: z.array(z.string()).describe("Host names of its nodes. Section 11.7.4."),
          })
          .meta({ title: "DataCenter" }),
      )
      .describe("The data centres."),
  }),
  connect: hyperstore,
  async call(api, { region }) {
    const hostNames = Object.entries(await api.getDataCenters(region));
    return { dataCenters: hostNames.map(([name, nodes]) => ({ name, nodes })) };
  },
});

export const getAudit = providerFunction({
  token: "tenantry:hyperstore:getAudit",
  describe:
    "Summary counts of the system or of a region, as of the top of the last hour. `POST /system/audit` brings them up to date, and is to be called by hand. Admin API 8.2, section 11.1.",
  inputs: z.strictObject({
    region: z
      .string()
      .min(1)
      .optional()
      .describe("A service region; absent means all regions together. Section 11.1.2."),
  }),
  outputs: z.object({
    byteCount: z
      .number()
      .describe("Bytes stored, overhead from replication and erasure coding not counted. Section 11.1.5."),
    objectCount: z.number().describe("Objects stored. Section 11.1.5."),
    tieredByteCount: z.number().describe("Bytes tiered to remote destinations. Section 11.1.5."),
    userCount: z.number().describe("Active users, administrators included. Section 11.1.5."),
    timestamp: z.number().describe("The hour of the counts, in milliseconds since 1970 UTC. Section 11.1.5."),
    licenseExpiration: z
      .number()
      .describe("When the licence expires, in milliseconds since 1970 UTC. Section 11.1.5."),
    nodes: z.array(z.string()).describe("IP addresses of the nodes. Section 11.1.5."),
    os: z.string().optional().describe("Operating system of the nodes. Section 11.1.5."),
  }),
  connect: hyperstore,
  async call(api, { region }) {
    const audit = await api.getAudit(region);
    if (!audit)
      throw new ProviderError("refused", "the system has no audit data yet: they are made every hour");
    const { byteCount, objectCount, tieredBytesCount, userCount, timestamp, licenseExpiration } = audit;
    return {
      byteCount: count(byteCount, "the stored bytes"),
      objectCount: count(objectCount, "the stored objects"),
      tieredByteCount: count(tieredBytesCount, "the tiered bytes"),
      userCount: count(userCount, "the number of users"),
      timestamp: count(timestamp, "the time of the audit data"),
      licenseExpiration: count(licenseExpiration, "the licence's expiration"),
      nodes: (audit.nodes ?? []).map(({ name }) => name),
      os: audit.os ?? undefined,
    };
  },
});
