import type { Engine, Query, Row } from '#shared/store/engine/engine.ts'

/** Follows the cursors to the end. */
export async function readAllPages<Table extends string>(engine: Engine<Table>, query: Query<Table>) {
  const rows: Row[] = []
  let page = await engine.query(query)
  rows.push(...page.items)
  while (page.next) {
    page = await engine.query({ ...query, after: page.next })
    rows.push(...page.items)
  }
  return rows
}
