import type { Response } from "../../http/index.ts";
import { done, found } from "../answers.ts";
import type { AllowlistInfo } from "../wire.ts";
import type { Calls } from "./calls.ts";

/** Chapter 2. */
export function allowlistCalls({ get, send }: Calls) {
  return {
    /** 2.1: 204 when there is none of that id. */
    async getAllowlist(id: string): Promise<AllowlistInfo | undefined> {
      const allowlist = found<AllowlistInfo>(
        await byEitherName((name) => get(`/${name}`, { [`${name}Id`]: id })),
      );
      return allowlist && { ...allowlist, list: allowlist.list ?? [] };
    },
    /** 2.2: replaces all of it. Unlike 2.3, it can also empty the list. */
    postAllowlist: async (allowlist: AllowlistInfo) =>
      done(
        await byEitherName((name) =>
          send({ method: "POST", path: `/${name}`, json: allowlist, idempotent: true }),
        ),
      ),
  };
}

/** Before version 7.4 it was called "whitelist" (chapter 2, first note), and there is no other path on such a system. */
async function byEitherName(ask: (name: "allowlist" | "whitelist") => Promise<Response>): Promise<Response> {
  const response = await ask("allowlist");
  if (response.status !== 404) return response;
  const older = await ask("whitelist");
  return older.status === 404 ? response : older;
}
