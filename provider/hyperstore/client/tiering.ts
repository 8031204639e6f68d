import type { Response } from "../../http/index.ts";
import { done, foundText, refusal } from "../answers.ts";
import type { Calls, Query } from "./calls.ts";

/** What objects are tiered to, each with methods of its own. */
const paths = {
  s3: "/tiering/credentials",
  azure: "/tiering/azure/credentials",
  spectra: "/tiering/spectra/credentials",
};
type Destination = keyof typeof paths;

/** Whose credential it is: a bucket's, or the system default, which S3-compliant destinations alone have. */
export type TieringOwner = { bucketName: string } | "system";

export const tieringSources = ["BUCKET", "SYSTEM", "NONE"] as const;

/** Chapter 12. */
export function tieringCalls({ get, send }: Calls) {
  return {
    /** 12.4, 12.6, 12.7: an access key, or `account,key` of Azure. It may be the system default that a bucket shows. */
    getTieringCredential: async (destination: Destination, owner: TieringOwner) => {
      const response = await get(paths[destination], queryOf(owner));
      const shown = foundText(unquoted(explained(response)));
      if (shown === "") throw response.error("the answer is empty, where chapter 12 promises a credential");
      return shown;
    },
    /** 12.5 */
    getTieringCredentialSource: async (owner: TieringOwner) => {
      const response = await get(`${paths.s3}/src`, queryOf(owner));
      const text = foundText(explained(response));
      const source = tieringSources.find((each) => each === text);
      if (!source) throw response.error(`this is none of ${tieringSources.join(", ")} (section 12.5.3)`);
      return source;
    },
    /** 12.8, 12.9, 12.10: replaces without a word what is there. False when there is no such bucket. */
    postTieringCredential: async (
      destination: Destination,
      owner: TieringOwner,
      keys: { accessKey: string; secretKey: string } | { accountName: string; accountKey: string },
    ) =>
      done(
        explained(
          await send({
            method: "POST",
            path: paths[destination],
            query: { ...keys, ...queryOf(owner) },
            idempotent: true,
          }),
        ),
      ),
    /** 12.1, 12.2, 12.3. What is not there is silent in the document: a 204 counts as gone already. */
    deleteTieringCredential: async (destination: Destination, owner: TieringOwner) =>
      done(explained(await send({ method: "DELETE", path: paths[destination], query: queryOf(owner) }))),
  };
}

/** Without a bucket's name a request is about the system default, which is every bucket's: never by mistake. */
function queryOf(owner: TieringOwner): Query {
  if (owner === "system") return {};
  if (!owner.bucketName)
    throw new Error("a bucket without a name would stand for the system default credential");
  return { bucketName: owner.bucketName };
}

/** An answer that holds a key: an error about it must not show what it says. */
const unquoted = (response: Response): Response => ({
  ...response,
  json<T>() {
    try {
      return response.json<T>();
    } catch {
      throw response.error("the answer says that it is JSON, and is none");
    }
  },
});

/** What a common status may mean besides. */
const notes: Readonly<Record<number, string>> = {
  403: "Or a key arrived that was not URL-encoded (section 12.8.3): the provider encodes it, so look for a proxy on the way that decodes it",
  404: "Single-node systems have no tiering credentials (chapter 12)",
};

function explained(response: Response): Response {
  const note = notes[response.status];
  if (note !== undefined) throw new Error(`${refusal(response).message}. ${note}`);
  return response;
}
