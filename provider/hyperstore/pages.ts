import { everyRow, type Page } from "../resource/pages.ts";

/** A list that answers limit + 1 rows when there are more, the extra one being the next page's offset (sections 6.3.2, 14.10.2). */
export interface Pager<Row> {
  page(limit: number, offset: string | undefined): Promise<Row[]>;
  id(row: Row): string;
  /** What tells rows of one id apart. */
  key?(row: Row): string;
}

const limit = 100;

/** One page, and where the next one begins. The extra row is kept: should it be the last of all, the next page is empty. */
export async function pageFrom<Row>(
  { page, id }: Pager<Row>,
  offset: string | undefined,
): Promise<Page<Row>> {
  const rows = await page(limit, offset);
  const last = rows.at(-1);
  const isLast = rows.length <= limit || last === undefined || id(last) === offset;
  return { rows, next: isLast ? undefined : id(last) };
}

export const everyPage = <Row>(pager: Pager<Row>): Promise<Row[]> =>
  everyRow((offset) => pageFrom(pager, offset), pager.key ?? pager.id);
