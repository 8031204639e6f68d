/** A part of a list, and where the next part begins; undefined after the last. */
export interface Page<Row> {
  rows: readonly Row[];
  next: string | undefined;
}

/** All rows of a list that a server gives in parts. A row that stands in two of them is one: its key says so. */
export async function everyRow<Row>(
  page: (from: string | undefined) => Promise<Page<Row>>,
  keyOf: (row: Row) => string,
): Promise<Row[]> {
  const all = new Map<string, Row>();
  let from: string | undefined;
  do {
    const { rows, next } = await page(from);
    for (const row of rows) all.set(keyOf(row), row);
    from = next;
  } while (from !== undefined);
  return [...all.values()];
}

/** The first rows of a list that was asked for one row more than the limit, and whether there are others. */
export const firstOf = <Row>(rows: readonly Row[], limit: number): { first: Row[]; more: boolean } => ({
  first: rows.slice(0, limit),
  more: rows.length > limit,
});
