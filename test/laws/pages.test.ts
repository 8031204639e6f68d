import { describe, expect, test } from "vitest";
import { vendors } from "../../provider/catalog.ts";
import { fieldsOf } from "../../provider/resource/fields.ts";
import { wholeCatalog } from "../../provider/resource/vendors.ts";
import * as ceph from "../worlds/ceph/lists.ts";
import * as hyperstore from "../worlds/hyperstore/lists.ts";

/** A list is whole, whatever its length is beside the length of a page. */

const catalog = await wholeCatalog(vendors);
const paged = [...hyperstore.paged, ...ceph.paged];
const whole = [...hyperstore.whole, ...ceph.whole];

test("every function that answers a list is tried, or known to have it in one answer", () => {
  const lists = catalog.functions.filter(({ outputs }) =>
    Object.values(fieldsOf(outputs)).some(({ shape }) => shape.kind === "array"),
  );
  const tried = paged.map(({ name }) => name).filter((name) => lists.some(({ token }) => token === name));
  expect([...tried, ...whole].sort()).toEqual(lists.map(({ token }) => token).sort());
});

const sizes = (limit: number) => [0, 1, limit - 1, limit, limit + 1, 2 * limit, 2 * limit + 1];

describe.each(paged.map((list) => [list.name, list] as const))("%s", (_, { start, limit, isEndTold }) => {
  test.each(sizes(limit))("of %i", async (size) => {
    const { rows, ask, count, isCut, more } = await start(size);
    const found = await ask();
    const pages = isEndTold ? Math.ceil(size / limit) : Math.floor(size / limit) + 1;
    // Of an empty list, some ask whether there is anybody whose it could be.
    expect(count(), "requests").toBeLessThanOrEqual(isCut ? 1 : size === 0 ? 2 : pages);
    expect(new Set(found).size, "none twice").toBe(found.length);
    if (isCut) {
      expect(found).toHaveLength(Math.min(size, limit));
      expect(rows).toEqual(expect.arrayContaining(found));
    } else expect(found.sort()).toEqual(rows);
    if (more) expect(await more()).toBe(size > limit);
  });
});
