import { createHash } from "node:crypto";
import { resource, type WriteContext } from "../resource/definition.ts";
import { AlreadyExists, isUnsettled, ProviderError } from "../resource/errors.ts";
import {
  type Inputs,
  inputs,
  type Limit,
  limitNames,
  limits,
  type Outputs,
  outputs,
  quotas,
} from "./account/fields.ts";
import { accountNamed } from "./claims.ts";
import {
  createAccount,
  deleteAccount,
  getAccount,
  inTurnOfAccount,
  modifyAccount,
  mostOfAccountQuota,
  noAccounts,
  putAccountQuota,
} from "./client/account.ts";
import type { Query, Radosgw } from "./client/calls.ts";
import type { AccountInfo } from "./client/wire.ts";
import { isSameQuota, quotaOf, quotaToWire } from "./limits.ts";
import { ceph } from "./system.ts";

export const Account = resource({
  token: "tenantry:ceph:Account",
  describe:
    "An account, which owns what its users and roles make and lets them be managed through the IAM API. From Ceph Tentacle (20) on. Ceph, User Accounts.",
  example: { name: "physics", maxUsers: 50, maxBuckets: 200 },
  inputs,
  outputs,
  connect: ceph,
  id: ({ accountId: id }) => id as string,
  // Id, name and e-mail address can each exist only once, so none is made beside the one that it replaces.
  unique: () => "",
  claims: ({ tenant, name }) => [{ thing: accountNamed(tenant, name), whole: true }],
  unsupported: noAccounts,

  async create(api, want, ctx) {
    rejectTooLarge(want);
    await rejectExisting(api, want);
    for (let count = 0; ; count++) {
      const id = want.accountId ?? derivedId(want, count);
      const query = { tenant: want.tenant, ...parameters(want) };
      const made = await createAccount(api, id, query, ({ name }) => name === want.name).catch((error) => {
        if (isUnsettled(error)) ctx.created(id, { accountId: id });
        throw error;
      });
      if (made) {
        ctx.created(id, outputsOf(made));
        return writeQuotas(api, want, made, ctx);
      }
      await rejectExisting(api, want);
      // The id of one that was made with this name, and has got another name since, is passed over.
      if (want.accountId !== undefined || !(await getAccount(api, { id }))) throw taken(want);
    }
  },

  async read(api, id) {
    const raw = await getAccount(api, { id });
    if (!raw) return undefined;
    const { name, tenant, email } = raw;
    const inputsThere = {
      name,
      tenant,
      ...(email && { email }),
      quota: quotaOf(raw.quota),
      bucketQuota: quotaOf(raw.bucket_quota),
    };
    const there = outputsOf(raw);
    return { inputs: { ...inputsThere, ...there }, outputs: there, raw };
  },

  update: (api, id, want, was, ctx) =>
    inTurnOfAccount(api, id, async () => {
      let account = was.raw as AccountInfo;
      rejectTooLarge(want, account);
      const query = parameters(want, account);
      if (Object.keys(query).length > 0) {
        const modified = await modifyAccount(api, id, query);
        if (!modified) throw taken(want);
        account = modified;
        ctx.updated(outputsOf(account));
      }
      return writeQuotas(api, want, account, ctx);
    }),

  delete: (api, id) => inTurnOfAccount(api, id, () => deleteAccount(api, id)),
});

function outputsOf(account: AccountInfo): Outputs {
  const numbers = limitNames.map((name) => [name, Math.max(-1, account[limits[name][1]])]);
  return { accountId: account.id, ...(Object.fromEntries(numbers) as Record<Limit, number>) };
}

/** What is to be sent for the account to be as the program says; all of it, where there is none yet. */
function parameters(want: Inputs, was?: AccountInfo): Query {
  const there = was && outputsOf(was);
  const { name, email } = want;
  return {
    ...(name !== was?.name && { name }),
    ...(email !== undefined && email !== was?.email && { email }),
    ...Object.fromEntries(
      limitNames
        .filter((each) => want[each] !== undefined && want[each] !== there?.[each])
        .map((each) => [limits[each][0], want[each]]),
    ),
  };
}

async function writeQuotas(
  api: Radosgw,
  want: Inputs,
  was: AccountInfo,
  ctx: WriteContext<Outputs>,
): Promise<Outputs> {
  let account = was;
  for (const { name, type, key } of quotas) {
    const wanted = want[name];
    if (!wanted || isSameQuota(wanted, quotaOf(account[key]))) continue;
    account = await putAccountQuota(api, account.id, type, quotaToWire(wanted, account[key]));
    ctx.updated(outputsOf(account));
  }
  return outputsOf(account);
}

/** Before anything is written: the cluster would make a smaller quota of it. */
function rejectTooLarge(want: Inputs, was?: AccountInfo): void {
  for (const { name, key } of quotas) {
    const { maxSizeBytes = 0, maxObjects = 0 } = want[name] ?? {};
    if (Math.max(maxSizeBytes, maxObjects) <= mostOfAccountQuota) continue;
    if (want[name] && was && isSameQuota(want[name], quotaOf(was[key]))) continue;
    const where = name === "quota" ? "--quota-scope=account" : "--quota-scope=bucket";
    throw new ProviderError(
      "refused",
      `Ceph Account "${want.name}": ${name} is not set, because the call keeps only 32 bits of a limit above ${mostOfAccountQuota}: leave ${name} out, and set it with radosgw-admin quota set ${where} --account-id=${was?.id ?? "ID"}; once it is so, it may also be named here`,
    );
  }
}

async function rejectExisting(api: Radosgw, { name, tenant, accountId: id }: Inputs): Promise<void> {
  if (id !== undefined && (await getAccount(api, { id })))
    throw new AlreadyExists(id, "409 AccountAlreadyExists");
  const there = await getAccount(api, { name, tenant });
  if (!there) return;
  if (id === undefined) throw new AlreadyExists(there.id, "409 AccountAlreadyExists");
  throw new ProviderError(
    "refused",
    `Ceph Account "${id}" is not made, because ${accountNamed(tenant, name)} is ${there.id}: leave accountId out to import that one, or give another name`,
  );
}

/** The code is the same for both, and an address cannot be looked for. */
const taken = ({ name, email }: Inputs): Error =>
  new ProviderError(
    "refused",
    `Ceph Account "${name}": 409 AccountAlreadyExists: another account has ${email === undefined ? "the name" : `the name, or the e-mail address ${email}`}`,
  );

/** The same after a crash, and by whoever else makes it at the same time: two ids would make two accounts of one name. */
function derivedId({ tenant = "", name }: Inputs, count: number): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([tenant, name, count]))
    .digest();
  return `RGW${(hash.readBigUInt64BE() % 10n ** 17n).toString().padStart(17, "0")}`;
}
