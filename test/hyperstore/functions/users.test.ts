import { describe, expect, test } from "vitest";
import { getCredential, listCredentials } from "../../../provider/hyperstore/functions/credentials.ts";
import { listDeletedUsers, listUsers } from "../../../provider/hyperstore/functions/users.ts";
import { invoke } from "../../../provider/resource/invoke.ts";
import { type Properties, Secret } from "../../../provider/resource/value.ts";
import { john, johnsAddress } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

describe("listDeletedUsers", () => {
  test("tells users of one id apart, and leaves out those who live or are still being deleted", async () => {
    const { ask, send, state } = await withSession({ deletionDelayMs: 0 });
    for (let n = 0; n < 3; n++) {
      await send("DELETE", "/user", { query: johnsAddress });
      await send("PUT", "/user", { body: john });
    }
    const { users } = (await ask(listDeletedUsers, { groupId: "QA" })) as { users: Properties[] };
    expect(new Set(users.map(({ canonicalUserId }) => canonicalUserId)).size).toBe(3);
    for (const user of users) expect(user).toMatchObject({ ...johnsAddress, active: false });

    const dying = [...state.users.values()].find(({ deletedAt }) => deletedAt);
    if (dying) dying.deletedAt = Date.now() + 60_000;
    expect((await ask(listDeletedUsers, { groupId: "QA" })).users).toHaveLength(2);
    expect((await ask(listUsers, { groupId: "QA", userStatus: "deleting" })).users).toHaveLength(1);
    expect((await ask(listDeletedUsers, { groupId: "QA", prefix: "Jim" })).users).toEqual([]);
  });

  test("reads on over several pages", async () => {
    const { ask, send } = await withSession({ deletionDelayMs: 0 });
    for (let n = 0; n < 150; n++) {
      const userId = `user${n}`;
      await send("PUT", "/user", { body: { ...john, userId } });
      await send("DELETE", "/user", { query: { ...johnsAddress, userId } });
    }
    expect((await ask(listDeletedUsers, { groupId: "QA" })).users).toHaveLength(150);
  });
});

describe("getCredential", () => {
  test("answers what the list shows of a key, its secret marked so", async () => {
    const { ask, send, session } = await withSession();
    const made = (await send("PUT", "/user/credentials", { query: johnsAddress })).json();
    const { accessKey, secretKey, createDate } = made;
    const found = await ask(getCredential, { accessKey });
    expect(found).toEqual({ accessKey, secretKey, createDate, active: true });
    expect((await ask(listCredentials, johnsAddress)).credentials).toEqual([found]);
    const { outputs } = await invoke(getCredential, session, { accessKey });
    expect(outputs.secretKey).toEqual(new Secret(secretKey));
  });

  test("finds a key with characters that must be encoded", async () => {
    const { ask, send } = await withSession();
    const accessKey = "a+b&c=d/é ü";
    await send("POST", "/user/credentials", { query: { ...johnsAddress, accessKey, secretKey: "s3cret" } });
    expect(await ask(getCredential, { accessKey })).toMatchObject({ accessKey });
  });

  test("is an error for no such key (204)", async () => {
    const { ask } = await withSession();
    await expect(ask(getCredential, { accessKey: "none" })).rejects.toThrow(
      'there is no credential with the access key "none"',
    );
  });
});
