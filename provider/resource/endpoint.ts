import * as z from "zod";

/** What the configuration of any system says of the way to it. */

/** One URL, or several with commas between them. */
export const urls = (example: string) =>
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

export const reach = {
  caCert: z
    .string()
    .includes("-----BEGIN CERTIFICATE-----", { error: "must be a certificate in PEM form" })
    .optional()
    .describe(
      "PEM of the authority, or of the self-signed certificate, that TLS is verified with; of several, one after the other, where services of the system have different ones.",
    ),
  insecure: z
    .boolean()
    .default(false)
    .describe(
      "Skip the verification of the server's certificate. Anyone on the path can then read what the requests carry.",
    ),
  connections: z.int().min(1).max(256).default(16).describe("Most connections at a time, 1 to 256."),
  connectTimeout: seconds(600, 10).describe("Seconds to wait for a connection."),
  requestTimeout: seconds(3600, 60).describe("Seconds to wait for the answer to one request."),
};

type Reach = z.output<z.ZodObject<typeof reach>>;

/** The same as HTTP takes it, which knows whole milliseconds alone: 32.3 seconds are not 32299.999999999996. */
export const reachOf = ({ caCert, insecure, connections, connectTimeout, requestTimeout }: Reach) => ({
  ...(caCert !== undefined && { caCert }),
  insecure,
  connections,
  connectTimeoutMs: Math.ceil(connectTimeout * 1000),
  headersTimeoutMs: Math.ceil(requestTimeout * 1000),
});

/** A rule on the two together. */
export function verifiesOrNot(
  { insecure, caCert }: { insecure: boolean; caCert?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (insecure && caCert !== undefined)
    context.addIssue({
      code: "custom",
      path: ["insecure"],
      message: "cannot go with a caCert: verify with it, or do not verify",
    });
}
