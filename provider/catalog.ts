import { Credential } from "./hyperstore/credential.ts";
import { listCredentials } from "./hyperstore/functions/credentials.ts";
import { getGroup, listGroups } from "./hyperstore/functions/groups.ts";
import { getUser, listUsers } from "./hyperstore/functions/users.ts";
import { Group } from "./hyperstore/group.ts";
import { User } from "./hyperstore/user.ts";
import type { Catalog } from "./resource/definition.ts";

/** Every resource and function of the provider. */
export const catalog: Catalog = {
  resources: [Group, User, Credential],
  functions: [getGroup, listGroups, getUser, listUsers, listCredentials],
};
