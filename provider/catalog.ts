import type { Vendors } from "./resource/vendors.ts";

/** One line a vendor: the name that its tokens and settings begin with, and how to load it. */
export const vendors: Vendors = {
  hyperstore: async () => (await import("./hyperstore/index.ts")).hyperstoreCatalog,
  ceph: async () => (await import("./ceph/index.ts")).cephCatalog,
};
