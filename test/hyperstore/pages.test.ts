import { expect, test } from "vitest";
import { everyPage } from "../../provider/hyperstore/pages.ts";

test("more rows of one id than a page has are no endless list", async () => {
  const rows = Array.from({ length: 101 }, (_, nth) => ({ userId: "John", canonicalUserId: String(nth) }));
  let asked = 0;
  const pager = {
    page: async () => (asked++ > 9 ? [] : rows),
    id: ({ userId }: (typeof rows)[number]) => userId,
    key: ({ canonicalUserId }: (typeof rows)[number]) => canonicalUserId,
  };
  expect(await everyPage(pager)).toEqual(rows);
  expect(asked).toBe(2);
});
