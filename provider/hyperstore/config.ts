import * as z from "zod";
import { secret } from "../resource/fields.ts";

/** One URL, or several with commas between them. */
const urls = (example: string) =>
  z.string().superRefine((value, context) => {
    const parts = urlsIn(value);
    const issue = (index: number, reason: string) => {
      const message = parts.length === 1 ? reason : `number ${index + 1} of the list ${reason}`;
      // As an object: after a plain text, the rules on several keys would not be asked any more.
      context.addIssue({ code: "custom", message });
    };
    for (const [index, part] of parts.entries()) {
      const url = URL.canParse(part) ? new URL(part) : undefined;
      if (!url || !/^https?:$/.test(url.protocol)) issue(index, `must be a URL such as ${example}`);
      else if (url.username || url.password || url.search || url.hash)
        issue(index, "must have no user, password, query or fragment");
      else if (parts.indexOf(part) < index) issue(index, "is there already");
    }
  });
export const urlsIn = (value: string): string[] => value.split(",").map((part) => part.trim());

const seconds = (most: number, usual: number) => z.number().positive().max(most).default(usual);

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
    caCert: z
      .string()
      .includes("-----BEGIN CERTIFICATE-----", { error: "must be a certificate in PEM form" })
      .optional()
      .describe(
        "PEM of the authority, or of the self-signed certificate, that TLS is verified with; of several, one after the other, where the Admin Service and the IAM Service have different ones.",
      ),
    insecure: z
      .boolean()
      .default(false)
      .describe(
        "Skip the verification of the server's certificate. Anyone on the path can then read the password.",
      ),
    connections: z.int().min(1).max(256).default(16).describe("Most connections at a time, 1 to 256."),
    connectTimeout: seconds(600, 10).describe("Seconds to wait for a connection."),
    requestTimeout: seconds(3600, 60).describe("Seconds to wait for the answer to one request."),
  })
  .superRefine((values, context) => {
    const issue = (name: keyof typeof values, message: string) =>
      context.addIssue({ code: "custom", path: [name], message });
    if (values.insecure && values.caCert !== undefined)
      issue("insecure", "cannot go with a caCert: verify with it, or do not verify");
    const given = readOnly.filter((name) => values[name] !== undefined);
    if (given.length > 0)
      for (const name of readOnly)
        if (values[name] === undefined) issue(name, `is required beside ${given.map(flat).join(" and ")}`);
    // A stack's configuration may name the endpoint for all jobs, also for those that have no password.
    const needsAdmin = given.length === 0 || values.password !== undefined;
    for (const name of ["endpoint", "password"] as const)
      if (needsAdmin && values[name] === undefined) issue(name, "is required (string)");
  });
