import type { Response } from "../../http/index.ts";
import { codeOf, done, found, permitted, refusal } from "./answers.ts";
import type { Query, Radosgw } from "./calls.ts";
import type { AccountInfo, QuotaInfo } from "./wire.ts";

/*
 * Accounts are not in the vendor's page on Admin Ops: the parameters are those of radosgw-admin (Ceph, User Accounts),
 * measured on 20.2.4. Every write answers the account as it is then.
 */

const missing = "NoSuchKey";
const write = "accounts=write";

/** Why there can be no account here; undefined where there can. Any answer but one is of a cluster that has them. */
export async function noAccounts(api: Radosgw): Promise<string | undefined> {
  const hasThem = await api.has(
    "accounts",
    async () => codeOf(await api.get("/account", { id: `RGW${"0".repeat(17)}` })) !== "MethodNotAllowed",
  );
  return hasThem
    ? undefined
    : "accounts need Ceph Tentacle (20) or later, and this cluster answers 405 MethodNotAllowed: leave them out, or upgrade the cluster";
}

/** GET /account, capability accounts=read: by its id, or by its name in its tenant. */
export const getAccount = async (
  api: Radosgw,
  by: { id: string } | { name: string; tenant: string | undefined },
): Promise<AccountInfo | undefined> =>
  found<AccountInfo>(permitted(await api.get("/account", by), "accounts=read"), missing);

/**
 * POST /account, capability accounts=write; undefined where the id, the name or the e-mail address is taken. After an
 * attempt that nobody knows the end of, `isOurs` tells whether the account of that id is the one that was asked for.
 */
export async function createAccount(
  api: Radosgw,
  id: string,
  parameters: Query,
  isOurs: (account: AccountInfo) => boolean,
): Promise<AccountInfo | undefined> {
  const response = await api.send({
    method: "POST",
    path: "/account",
    query: { id, ...parameters },
    settle: async (): Promise<Response | undefined> => {
      const there = await api.get("/account", { id });
      const account = found<AccountInfo>(there, missing);
      return account && isOurs(account) ? there : undefined;
    },
  });
  return found<AccountInfo>(permitted(response, write), "AccountAlreadyExists");
}

/** PUT /account, capability accounts=write: sets what is given; undefined where the name or the e-mail address is taken. */
export async function modifyAccount(
  api: Radosgw,
  id: string,
  parameters: Query,
): Promise<AccountInfo | undefined> {
  const response = await api.send({ method: "PUT", path: "/account", query: { id, ...parameters } });
  // The name of the code is not meant (measured).
  return found<AccountInfo>(permitted(response, write), "BucketAlreadyExists", "AccountAlreadyExists");
}

/** The most that radosgw takes of either limit here: of more it keeps the lowest 32 bits, and says nothing (measured). */
export const mostOfAccountQuota = 2 ** 31 - 1;

/** PUT /account?quota, capability accounts=write: of the whole account, or of each of its buckets. */
export async function putAccountQuota(
  api: Radosgw,
  id: string,
  type: "account" | "bucket",
  { enabled, max_size, max_objects }: QuotaInfo,
): Promise<AccountInfo> {
  const query = { id, "quota-type": type, enabled, "max-size": max_size, "max-objects": max_objects };
  return found<AccountInfo>(await api.send({ method: "PUT", path: "/account?quota", query })) as AccountInfo;
}

/** DELETE /account, capability accounts=write; refused while it has users or buckets. */
export async function deleteAccount(api: Radosgw, id: string): Promise<void> {
  const response = await api.send({ method: "DELETE", path: "/account", query: { id } });
  // The codes are of buckets, whatever it is that is still there (measured): the message tells.
  if (["BucketNotEmpty", "BucketAlreadyExists"].includes(codeOf(response)))
    throw refusal(
      response,
      `remove them first: radosgw-admin user list --account-id=${id} and radosgw-admin bucket list --account-id=${id} show them`,
    );
  done(permitted(response, write), missing);
}

export const inTurnOfAccount = <T>(api: Radosgw, id: string, write: () => Promise<T>): Promise<T> =>
  api.inTurn(`account ${id}`, write);
