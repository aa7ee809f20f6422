import type { Engine, Query, Row } from './engine/engine.ts'

/** Returns all items of a query, page by page. Only for bounded partitions, such as the rows of one lead. */
export async function queryAll<Table extends string>(engine: Engine<Table>, query: Query<Table>): Promise<Row[]> {
  let page = await engine.query(query)
  const rows = [...page.items]
  while (page.next) {
    page = await engine.query({ ...query, after: page.next })
    rows.push(...page.items)
  }
  return rows
}
