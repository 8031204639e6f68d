const limit = 100;

/**
 * Every row of a list that answers limit + 1 rows when there are more, the extra one being the next page's offset
 * (sections 6.3.2, 14.10.2). The extra row is kept: should it be the last of all, the next page is empty.
 */
export async function everyPage<T>(
  page: (limit: number, offset: string | undefined) => Promise<T[]>,
  id: (row: T) => string,
): Promise<T[]> {
  const rows = new Map<string, T>();
  let offset: string | undefined;
  for (;;) {
    const answer = await page(limit, offset);
    for (const row of answer) rows.set(id(row), row);
    const last = answer.at(-1);
    if (answer.length <= limit || !last || id(last) === offset) return [...rows.values()];
    offset = id(last);
  }
}
