import type { Engine, Query, Row } from './engine/engine.ts'

/** Every item that a query finds, page after page. Only for what is bounded by its nature, such as the rows of one lead. */
export async function queryAll<Table extends string>(engine: Engine<Table>, query: Query<Table>): Promise<Row[]> {
  let page = await engine.query(query)
  const rows = [...page.items]
  while (page.next) {
    page = await engine.query({ ...query, after: page.next })
    rows.push(...page.items)
  }
  return rows
}
