import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { firstOf } from "../../resource/pages.ts";
import { count } from "../counts.ts";
import { checkInterval, interval } from "../moment.ts";
import { hyperstore } from "../system.ts";
import { nodeId, readStatistic, region, statistic } from "./monitor.ts";

export const listEvents = providerFunction({
  token: "tenantry:hyperstore:listEvents",
  describe:
    "The monitoring events of a node, which the CMC calls alerts. At most 10000; `more` says whether there were more. Admin API 8.2, section 7.2.",
  inputs: z.strictObject({
    nodeId,
    showAck: z
      .boolean()
      .default(false)
      .describe(
        "Answer acknowledged events too. The system deletes them a day after the acknowledgement. Section 7.2.2.",
      ),
    limit: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe("Most events to answer, 1 to 10000. Section 7.2.2."),
    region,
  }),
  outputs: z.object({
    events: z
      .array(
        z
          .object({
            nodeId: z.string().describe("Host name of the node. Section 7.2.5."),
            eventType: z
              .string()
              .describe(
                "Id of the notification rule that raised it, of log events with the log's category: `14|`. It is what an acknowledgement names. Section 7.2.5.",
              ),
            statId: z.string().describe("What the rule watches. Section 7.2.5."),
            condition: z.string().describe("How the rule compares: `<`, `>` or `=`. Section 7.2.5."),
            conditionVal: z
              .string()
              .describe("What the rule compares with: a threshold or a status. Section 7.2.5."),
            value: z
              .string()
              .describe("What was found: a value, a status, or the message of a log. Section 7.2.5."),
            severityLevel: z.int().describe("0 low, 1 medium, 2 high, 3 critical. Section 7.2.5."),
            count: z.int().describe("How often it occurred without being acknowledged. Section 7.2.5."),
            timestamp: z
              .int()
              .describe("When it occurred last, in milliseconds since 1970 UTC. Section 7.2.5."),
            ack: z.boolean().describe("Whether it was acknowledged. Section 7.2.5."),
          })
          .meta({ title: "MonitoringEvent" }),
      )
      .describe("The events, in the server's order. Section 7.2.5."),
    more: z.boolean().describe("Whether there are more events than `limit`. Section 7.2.5."),
  }),
  connect: hyperstore,
  async call(api, { limit, ...wanted }) {
    const { first, more } = firstOf(await api.listEvents({ ...wanted, limit: limit + 1 }), limit);
    const events = first.map((row) => ({
      nodeId: row.nodeId,
      eventType: row.eventType,
      statId: row.statId,
      condition: row.condition,
      conditionVal: row.conditionVal,
      value: row.value,
      severityLevel: count(row.severityLevel, `the severityLevel of event ${row.eventType}`),
      count: count(row.count, `the count of event ${row.eventType}`),
      timestamp: count(row.timestamp, `the timestamp of event ${row.eventType}`),
      ack: row.ack,
    }));
    return { events, more };
  },
});

/** Section 7.6.2. */
const everyMinute = ["diskIORead", "diskIOWrite", "ioTx", "ioRx"] as const;
const everyFiveMinutes = [
  "cpu",
  "s3GetTPS",
  "s3PutTPS",
  "s3GetThruput",
  "s3PutThruput",
  "s3GetLatency",
  "s3PutLatency",
  "adminHeapUsed",
  "cassHeapUsed",
  "hyperStoreHeapUsed",
  "s3HeapUsed",
] as const;

export const getHistory = providerFunction({
  token: "tenantry:hyperstore:getHistory",
  describe:
    "The past values of one statistic of a node, in an interval of at most 7 days: one value a minute or every five minutes, 10080 at most. Admin API 8.2, section 7.6.",
  inputs: z
    .strictObject({
      nodeId,
      statId: z
        .enum([...everyMinute, ...everyFiveMinutes])
        .describe(
          `The statistic; its unit is given at \`statistics\` of \`getNode\`. One value a minute: ${everyMinute.join(", ")}. All others: one every five minutes. Section 7.6.2.`,
        ),
      ...interval,
      region,
    })
    .superRefine((args, context) => checkInterval(args, context, 7)),
  outputs: z.object({
    values: z.array(statistic).describe("The values, in the order of time. Section 7.6.2."),
  }),
  connect: hyperstore,
  async call(api, args) {
    const points = await api.getHistory(args);
    return { values: points.map((point) => readStatistic(point, args.statId)) };
  },
});
