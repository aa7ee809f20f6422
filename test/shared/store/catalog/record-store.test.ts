import { expect, it } from 'vitest'
import { recordStore } from '#shared/store/catalog/record-store.ts'
import type { Engine, Value, Write } from '#shared/store/engine/engine.ts'
import { recordKey, type Table } from '#shared/store/keys.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const body = { zebra: 1, fields: { mango: '1', apple: [{ pear: 1, fig: 2 }] } }
const at = '2026-11-23T15:00:00.000Z'

it('a record keeps the order of its fields in a table that does not keep the order of maps', async () => {
  const records = recordStore(withSortedMaps(memoryEngine()))
  await records.put('campaigns', 'one', body, { expectedVersion: undefined, at })
  const record = await records.get('campaigns', 'one')
  expect(JSON.stringify(record?.body)).toBe(JSON.stringify(body))
  expect(record).toMatchObject({ id: 'one', version: 1, updatedAt: at })
})

it('detects: such a table changes the order of a map', async () => {
  const engine = withSortedMaps(memoryEngine())
  await engine.transact([{ in: 'catalog', put: { ...recordKey('campaigns', 'one'), body } }])
  const row = await engine.get({ in: 'catalog', key: recordKey('campaigns', 'one') })
  expect(row?.body).toEqual(body)
  expect(JSON.stringify(row?.body)).not.toBe(JSON.stringify(body))
})

it('reads a record that was stored as a map', async () => {
  const engine = memoryEngine()
  const row = { ...recordKey('campaigns', 'one'), id: 'one', version: 3, updatedAt: at, body }
  await engine.transact([{ in: 'catalog', put: row }])
  expect(await recordStore(engine).get('campaigns', 'one')).toEqual({ id: 'one', version: 3, updatedAt: at, body })
})

/** Sorts the names of every map, as a table may that keeps no order. */
function withSortedMaps(engine: Engine<Table>): Engine<Table> {
  return { ...engine, transact: (writes) => engine.transact(writes.map((write): Write<Table> => sortWrite(write))) }
}

function sortWrite(write: Write<Table>): Write<Table> {
  if (!('put' in write)) return write
  const { pk, sk, ...rest } = write.put
  const entries = Object.entries(rest).map(([name, value]) => [name, sortMaps(value)] as const)
  return { ...write, put: { pk, sk, ...Object.fromEntries(entries) } }
}

function sortMaps(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortMaps)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted()
      .map(([name, inner]) => [name, sortMaps(inner)]),
  )
}
