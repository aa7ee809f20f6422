import { getTableShape } from './check-read.ts'
import type { Query, Row, Shapes } from './engine.ts'

/** Returns the attributes that an index has of an item: the keys of both and the projected ones. A table has all. */
export function projectRow(row: Row, { in: table, index }: Query, shapes: Shapes): Row {
  const shape = index === undefined ? undefined : getTableShape(shapes, table).indexes[index]
  if (!shape || shape.projects === 'all') return row
  const projectedNames = new Set([shape.pk, shape.sk, ...shape.projects])
  return {
    ...Object.fromEntries(Object.entries(row).filter(([name]) => projectedNames.has(name))),
    pk: row.pk,
    sk: row.sk,
  }
}
