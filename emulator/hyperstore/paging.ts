/**
 * One page (6.3.2, 14.10.2): sorted, from `offset` on, one row more than `limit` when there are more. An offset
 * that is the very last row gives no rows at all, says the document. Undefined: the limit is no positive integer.
 */
export function page<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  query: Readonly<Record<string, string>>,
): Row[] | undefined {
  const { prefix = "", limit = "100", offset } = query;
  if (!/^\d+$/.test(limit) || Number(limit) < 1) return undefined;
  const matching = rows
    .filter((row) => idOf(row).startsWith(prefix))
    .sort((a, b) => compare(idOf(a), idOf(b)));
  if (!offset) return matching.slice(0, Number(limit) + 1);
  const last = matching.at(-1);
  if (last !== undefined && idOf(last) === offset) return [];
  return matching.filter((row) => idOf(row) >= offset).slice(0, Number(limit) + 1);
}

// By code unit: the sample of 6.3.3 has "Support" before "engineering".
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
