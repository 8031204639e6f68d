import * as z from "zod";
import {
  immutable,
  secret,
  serverDefault,
  text,
  unordered,
  upheld,
  writeOnly,
} from "../../provider/resource/fields.ts";
import type { System } from "../../provider/resource/system.ts";

/** One field of every kind and mark, and a rule across two of them. */
export const sample = z
  .strictObject({
    name: immutable(z.string().regex(/^[a-z]+$/, { error: "must be lower-case letters" })),
    active: z.boolean().default(true),
    size: z.int().min(1).max(10).optional(),
    ratio: z.number().optional(),
    mode: z.enum(["fast", "safe"]).default("fast"),
    note: text(z.string().max(5, { error: "must be at most 5 characters" })),
    steps: z.array(z.string()).optional(),
    hosts: unordered(z.array(z.string())).optional(),
    tags: z.record(z.string(), z.string()).optional(),
    rules: z
      .array(
        z.strictObject({ path: z.string(), limit: z.int().default(7), key: secret(z.string()).optional() }),
      )
      .optional(),
    login: z
      .strictObject({ user: immutable(z.string()), password: secret(writeOnly(z.string())) })
      .optional(),
    token: secret(z.string()).optional(),
    region: immutable(serverDefault(z.string())).optional(),
    quota: serverDefault(z.int()).optional(),
    sealed: upheld(z.boolean()).optional(),
    hint: immutable(writeOnly(z.string())).optional(),
    extra: z.any().optional(),
  })
  .superRefine(({ size, mode }, context) => {
    if (mode === "safe" && size === undefined)
      context.addIssue({ code: "custom", path: ["size"], message: "is needed in safe mode" });
  });

export const system: System<unknown> = {
  name: "sample",
  title: "Sample",
  environment: "SAMPLE",
  config: z.strictObject({
    endpoint: z.url({ error: "must be a URL" }),
    accessKey: z.string().default("admin"),
    secretKey: secret(z.string().min(1)),
    insecure: z.boolean().default(false),
    requestTimeout: z.number().positive().default(60),
    zones: z.array(z.string()).optional(),
  }),
  connect: () => {
    throw new Error("nobody connects");
  },
};
