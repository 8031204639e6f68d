import * as z from "zod";
import { reach, urls, verifiesOrNot } from "../resource/endpoint.ts";
import { secret } from "../resource/fields.ts";

const readOnly = ["readOnlyAccessKey", "readOnlySecretKey", "iamEndpoint"] as const;
const flat = (name: string) => `hyperstore${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** How the system is reached: with the Admin API's password, with keys that can only read, or with both. */
export const config = z
  .strictObject({
    endpoint: urls("https://hyperstore.example.com:19443")
      .optional()
      .describe(
        "URL of the Admin Service in the default region, usually `https://NODE:19443` (section 1.5). Several nodes of that region may be given, separated by commas: the next one is used when one does not answer.",
      ),
    username: z
      .string()
      .min(1)
      .default("sysadmin")
      .describe("User of the Admin API's Basic authentication (section 1.6)."),
    password: secret(z.string().min(1))
      .optional()
      .describe(
        "Password of the Admin API's Basic authentication (section 1.6). `hsctl config get admin.auth.password` shows it.",
      ),
    readOnlyAccessKey: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Access key of an IAM user whose policy allows `admin:GetCloudian…` actions (section 1.7.3), for reads through the IAM Service; together with `hyperstoreReadOnlySecretKey` and `hyperstoreIamEndpoint`. With them, `hyperstoreEndpoint` and `hyperstorePassword` may be absent: such a run cannot write.",
      ),
    readOnlySecretKey: secret(z.string().min(1))
      .optional()
      .describe("Secret key that goes with `hyperstoreReadOnlyAccessKey` (section 1.7.3)."),
    iamEndpoint: urls("https://hyperstore.example.com:16443")
      .optional()
      .describe(
        "URL of the IAM Service in the default region, usually `https://NODE:16443` (section 1.7.1); of several nodes, separated by commas.",
      ),
    uncheckable: z
      .enum(["error", "skip"])
      .default("error")
      .describe(
        "What a refresh does about a resource that the read-only keys cannot check, where there are no Admin credentials: fail, or keep its state as it is and warn. For previews; a `pulumi refresh` would record what was not checked as if it was.",
      ),
    refuseWrites: z
      .boolean()
      .default(false)
      .describe(
        "Refuse every create, update and delete before a request is sent: for runs that are only to look.",
      ),
    defaultRegion: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Name of the default service region. Needed only where a program names regions: no method of the API tells (section 1.1.1).",
      ),
    ...reach,
  })
  .superRefine(verifiesOrNot)
  .superRefine((values, context) => {
    const issue = (name: keyof typeof values, message: string) =>
      context.addIssue({ code: "custom", path: [name], message });
    const given = readOnly.filter((name) => values[name] !== undefined);
    if (given.length > 0)
      for (const name of readOnly)
        if (values[name] === undefined) issue(name, `is required beside ${given.map(flat).join(" and ")}`);
    // A stack's configuration may name the endpoint for all jobs, also for those that have no password.
    const needsAdmin = given.length === 0 || values.password !== undefined;
    for (const name of ["endpoint", "password"] as const)
      if (needsAdmin && values[name] === undefined) issue(name, "is required (string)");
  });
