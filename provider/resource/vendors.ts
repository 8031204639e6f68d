import type { Catalog } from "./definition.ts";
import type { System } from "./system.ts";

/** The vendors by name, none of them loaded: a run pays only for those that its program uses. */
export type Vendors = Readonly<Record<string, () => Promise<Catalog>>>;

/** The names of the vendors whose settings these are; of all, where a key belongs to none, to tell what was meant. */
export function vendorsOfKeys(vendors: Vendors, keys: readonly string[]): string[] {
  const names = Object.keys(vendors);
  const isStrange = (key: string) => key !== "version" && !names.some((name) => key.startsWith(name));
  return keys.some(isStrange) ? names : names.filter((name) => keys.some((key) => key.startsWith(name)));
}

/** Everything there is, for what is made of all definitions: the schema, types, tests. */
export const wholeCatalog = async (vendors: Vendors): Promise<Catalog> =>
  joined(await Promise.all(Object.values(vendors).map((load) => load())));

export const joined = (catalogs: readonly Catalog[]): Catalog => ({
  resources: catalogs.flatMap(({ resources }) => resources),
  functions: catalogs.flatMap(({ functions }) => functions),
});

export const systemsOf = ({ resources, functions }: Catalog): System[] => [
  ...new Map([...resources, ...functions].map(({ connect }) => [connect.name, connect])).values(),
];
