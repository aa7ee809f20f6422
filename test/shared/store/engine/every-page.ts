import type { Engine, Query, Row } from '#shared/store/engine/engine.ts'

/** Follows the cursors to the end. */
export async function everyPage<Table extends string>(engine: Engine<Table>, query: Query<Table>) {
  const found: Row[] = []
  let page = await engine.query(query)
  found.push(...page.items)
  while (page.next) {
    page = await engine.query({ ...query, after: page.next })
    found.push(...page.items)
  }
  return found
}
