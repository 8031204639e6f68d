import * as z from "zod";
import { reach, urls, verifiesOrNot } from "../resource/endpoint.ts";
import { secret } from "../resource/fields.ts";

/** How a radosgw's Admin Ops API is reached. */
export const config = z
  .strictObject({
    endpoint: urls("https://rgw.example.com")
      .optional()
      .describe(
        "URL of the radosgw. Several of one zone may be given, separated by commas: the next one is used when one does not answer.",
      ),
    accessKey: z
      .string()
      .min(1)
      .optional()
      .describe(
        "S3 access key of a user with admin capabilities: `zone=read`, by which the cluster is recognised, `users=*`, and for what is used of them `buckets=*`, `ratelimit=*`, `accounts=*`, `metadata=read`, `usage=read`, `info=read`.",
      ),
    secretKey: secret(z.string().min(1)).optional().describe("Secret key that goes with `cephAccessKey`."),
    adminEntry: z
      .string()
      .regex(/^[^/?#\s]+$/, { error: 'must be one part of a path, such as "admin"' })
      .default("admin")
      .describe("Where the cluster serves its admin API: its setting `rgw_admin_entry`."),
    refuseWrites: z
      .boolean()
      .default(false)
      .describe(
        "Refuse every create, update and delete before a request is sent: for runs that are only to look.",
      ),
    ...reach,
  })
  .superRefine(verifiesOrNot)
  .superRefine((values, context) => {
    for (const name of ["endpoint", "accessKey", "secretKey"] as const)
      if (values[name] === undefined)
        context.addIssue({ code: "custom", path: [name], message: "is required (string)" });
  });
