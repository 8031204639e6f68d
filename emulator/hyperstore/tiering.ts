import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { lacks } from "./request.ts";
import { done, failure, nothing, refuse, text } from "./respond.ts";
import type { State, TieringCredential } from "./state.ts";
import { statusOf } from "./status.ts";

/** One sort of tiering destination, and how its methods differ from those of the others. */
interface Kind {
  path: string;
  /** The parameters of a credential: who, and the key of it. */
  pair: readonly [name: string, key: string];
  /** Whether there is a system default beside the credentials of buckets. */
  hasDefault: boolean;
  /** What GET shows. "The secret key is not returned" (12.4.3, 12.7.3), but Azure's is (12.6.3). */
  shown(credential: TieringCredential): string;
  /** What must not stand unencoded in a key. Characters beyond ASCII (12.8.3, 12.10.3) Node itself refuses, with a 400. */
  needsEncoding?: RegExp;
}

const s3: Kind = {
  path: "/tiering/credentials",
  pair: ["accessKey", "secretKey"],
  hasDefault: true,
  shown: ({ name }) => name,
};
const azure: Kind = {
  path: "/tiering/azure/credentials",
  pair: ["accountName", "accountKey"],
  hasDefault: false,
  shown: ({ name, key }) => `${name},${key}`,
  // "A non-alphanumeric character": that the four which no URL needs encoded may stand is a choice.
  needsEncoding: /[^A-Za-z0-9%._~-]/,
};
const spectra: Kind = { ...s3, path: "/tiering/spectra/credentials", hasDefault: false };

export function tieringRoutes(context: Context): DocumentedRoute[] {
  const query = ["bucketName"];
  const routes: DocumentedRoute[] = [s3, azure, spectra].flatMap((kind) => [
    { method: "DELETE", path: kind.path, query, handle: (call) => remove(context, kind, call) },
    { method: "GET", path: kind.path, query, handle: (call) => get(context, kind, call) },
    {
      method: "POST",
      path: kind.path,
      query: [...kind.pair, ...query],
      handle: (call) => post(context, kind, call),
    },
  ]);
  routes.push({
    method: "GET",
    path: "/tiering/credentials/src",
    query,
    handle: (call) => source(context, call),
  });
  // "Not applicable to a HyperStore Single-Node system": that they are unknown paths there is a choice.
  if (context.singleNode) return routes.map((route) => ({ ...route, handle: (call) => failure(call, 404) }));
  return routes;
}

// 12.1, 12.2, 12.3. What nothing to delete is answered is not said: here 204, as GET and POST do.
function remove({ state }: Context, kind: Kind, call: Call): Answer {
  if (lacksBucket(kind, call)) return refuse(call, 400, "Missing required attributes : {bucketName}");
  return state.tiering.delete(keyOf(kind, call.query.bucketName)) ? done() : nothing();
}

// 12.4, 12.6, 12.7. That a bucket without a credential of its own shows the system default is a choice, the harder one.
function get({ state }: Context, kind: Kind, call: Call): Answer {
  if (lacksBucket(kind, call)) return refuse(call, 400, "Missing required attributes : {bucketName}");
  const { bucketName } = call.query;
  if (bucketName && !hasBucket(state, bucketName)) return nothing();
  const credential = state.tiering.get(keyOf(kind, bucketName)) ?? state.tiering.get(keyOf(kind));
  return credential ? text(kind.shown(credential)) : nothing();
}

// 12.5
function source({ state }: Context, { query: { bucketName } }: Call): Answer {
  if (bucketName && hasBucket(state, bucketName) && state.tiering.has(keyOf(s3, bucketName)))
    return text("BUCKET");
  return text(state.tiering.has(keyOf(s3)) ? "SYSTEM" : "NONE");
}

// 12.8, 12.9, 12.10. It replaces what is there. The order of the refusals is a choice.
function post({ state }: Context, kind: Kind, call: Call): Answer {
  const [name, key] = kind.pair;
  if (lacks(call, name, key)) return refuse(call, 400, `Missing required attributes : {${name}, ${key}}`);
  if (lacksBucket(kind, call)) return refuse(call, 400, "Missing required attributes : {bucketName}");
  if (kind.pair.some((each) => kind.needsEncoding?.test(sent(call, each)))) return failure(call, 403);
  const { bucketName } = call.query;
  if (bucketName && !hasBucket(state, bucketName)) return nothing();
  state.tiering.set(keyOf(kind, bucketName), { name: call.query[name] ?? "", key: call.query[key] ?? "" });
  return done();
}

/** An empty name counts as none: a DELETE with one removes the system default. */
const lacksBucket = (kind: Kind, call: Call) => !kind.hasDefault && lacks(call, "bucketName");

const keyOf = (kind: Kind, bucketName = "") => JSON.stringify([kind.path, bucketName]);

/** Every bucket belongs to a user. */
const hasBucket = (state: State, name: string) =>
  [...state.users.values()].some(
    (user) => statusOf(user) !== "deleted" && user.buckets.some(({ bucketName }) => bucketName === name),
  );

/** A parameter as it came over the wire. */
const sent = ({ rawQuery }: Call, name: string) =>
  rawQuery
    .split("&")
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";
