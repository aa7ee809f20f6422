import { changedItem } from '#shared/store/engine/changed-item.ts'
import { checkGet, checkQuery, isEmptyRange, keyNames } from '#shared/store/engine/check-read.ts'
import { checkItemBytes, checkWrites, keyOf } from '#shared/store/engine/check-writes.ts'
import { conditionHolds } from '#shared/store/engine/condition-holds.ts'
import type { Engine, Item, Key, Outcome, Page, Query, Row, Shapes, Value, Write } from '#shared/store/engine/engine.ts'
import { isExpired } from '#shared/store/engine/expiry.ts'
import { itemBytes } from '#shared/store/engine/item-bytes.ts'
import { limits } from '#shared/store/engine/limits.ts'
import { projectedRow } from '#shared/store/engine/projected-row.ts'
import { compareText } from '#shared/store/engine/text-order.ts'

/** A row as a table or an index keeps it, in the order of `at`. */
type Entry = { at: readonly string[]; row: Row }
type Partitions = Map<string, Entry[]>

/**
 * An engine of plain maps: a fraction of what SQLite costs, for simulations that write millions of rows. The contract
 * suite keeps it in step with the engines that are shipped.
 */
export function mapEngine<Table extends string>({
  shapes,
  now,
}: {
  shapes: Shapes<Table>
  now: () => Date
}): Engine<Table> {
  const partitions = new Map<string, Partitions>()
  const partitionsOf = (table: string, index?: string) => {
    const name = index === undefined ? table : `${table}.${index}`
    const found = partitions.get(name) ?? new Map<string, Entry[]>()
    partitions.set(name, found)
    return found
  }

  /** Also what has expired: only reads take it for gone. */
  function stored(table: string, { pk, sk }: Key): Row | undefined {
    const entries = partitionsOf(table).get(pk) ?? []
    const place = placeOf(entries, [sk])
    const entry = entries[place]
    return entry?.at[0] === sk ? entry.row : undefined
  }

  function living(table: string, key: Key): Row | undefined {
    const row = stored(table, key)
    return row && !isExpired(row, now()) ? row : undefined
  }

  function apply(writes: readonly Write[]): Outcome {
    const found = writes.map((write) => ('change' in write || write.when ? living(write.in, keyOf(write)) : undefined))
    const refused = writes.map(({ when }, i) => (!when || conditionHolds(when, found[i]) ? undefined : 'condition'))
    if (refused.some(Boolean)) return { done: false, refused }
    for (const { write, row } of writes.map((write, i) => ({ write, row: rowAfter(write, found[i]) })))
      if (row !== undefined || 'delete' in write) replace(write.in, keyOf(write), row)
    return { done: true }
  }

  function replace(table: string, key: Key, row: Row | undefined) {
    const before = stored(table, key)
    for (const { into, pk, at } of before ? placesOf(table, before) : []) remove(into, pk, at)
    for (const { into, pk, at } of row ? placesOf(table, row) : []) if (row) insert(into, pk, { at, row })
  }

  /** Where a row stands: in its table, and in each index whose keys it carries. */
  function placesOf(table: string, row: Row) {
    const { pk, sk } = row
    const indexed = Object.keys(shapes[asTable(table)].indexes).flatMap((index) => {
      const names = keyNames(shapes, { in: table, index })
      const [indexPk, indexSk] = [row[names.pk], row[names.sk]]
      if (typeof indexPk !== 'string' || typeof indexSk !== 'string') return []
      return [{ into: partitionsOf(table, index), pk: indexPk, at: [indexSk, pk, sk] }]
    })
    return [{ into: partitionsOf(table), pk, at: [sk] }, ...indexed]
  }

  const isTable = (name: string): name is Table => Object.hasOwn(shapes, name)
  function asTable(name: string): Table {
    if (!isTable(name)) throw new Error(`There is no table ${name}.`)
    return name
  }

  return {
    async get({ in: table, key }) {
      checkGet(shapes, table, key)
      return copied(living(table, key))
    },

    async query(query) {
      checkQuery(shapes, query)
      if (isEmptyRange(query)) return { items: [] }
      return pageOf(partitionsOf(query.in, query.index).get(query.pk) ?? [], query, shapes, now())
    },

    async transact(writes) {
      checkWrites(shapes, writes)
      return apply(writes)
    },
  }
}

function rowAfter(write: Write, before: Row | undefined): Row | undefined {
  if ('put' in write) return copyOf(write.put)
  if (!('change' in write)) return undefined
  const after = changedItem(before, write)
  checkItemBytes(after)
  return copyOf(after)
}

/** As a row comes back from a table: nothing shared with whoever wrote it, and text well formed. */
function copyOf(row: Row): Row {
  return { ...copiedMap(row), pk: row.pk, sk: row.sk }
}

function copiedMap(map: Item): Item {
  const copy: Item = {}
  for (const name of Object.keys(map)) copy[name] = copiedValue(map[name] ?? null)
  return copy
}

function copiedValue(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed()
  // Of two zeros a table keeps one.
  if (value === 0) return 0
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return Array.isArray(value) ? value.map(copiedValue) : copiedMap(value)
}

/** Nobody who reads can change what is kept, and nobody who was told sees it change. */
function copied(row: Row | undefined): Row | undefined {
  return row && { ...row }
}

function pageOf(entries: readonly Entry[], query: Query, shapes: Shapes, now: Date): Page {
  const items: Row[] = []
  const names = keyNames(shapes, query)
  const { after, order, limit } = query
  const reached =
    after && [names.sk, ...(query.index === undefined ? [] : ['pk', 'sk'])].map((name) => after[name] ?? '')
  const within = entries.filter(({ at }) => isWithin(at, query, reached))
  let examined = 0
  let bytes = 0
  for (const { row: kept } of order === 'descending' ? within.toReversed() : within) {
    const row = projectedRow(kept, query, shapes)
    if (!isExpired(row, now)) items.push({ ...row })
    examined += 1
    bytes += itemBytes(row)
    if (examined === limit || bytes > limits.pageBytes) {
      const cursor = ['pk', 'sk', names.pk, names.sk].map((name) => [name, String(row[name])])
      return { items, next: Object.fromEntries(cursor) }
    }
  }
  return { items }
}

function isWithin(at: readonly string[], { sk, order }: Query, reached: readonly string[] | undefined): boolean {
  const [first = ''] = at
  if (reached && (order === 'descending' ? compare(at, reached) >= 0 : compare(at, reached) <= 0)) return false
  if (!sk) return true
  if ('prefix' in sk) return first.startsWith(sk.prefix)
  return (
    (sk.from === undefined || compareText(first, sk.from) >= 0) &&
    (sk.to === undefined || compareText(first, sk.to) <= 0)
  )
}

function insert(into: Partitions, pk: string, entry: Entry) {
  const entries = into.get(pk)
  if (entries) entries.splice(placeOf(entries, entry.at), 0, entry)
  else into.set(pk, [entry])
}

function remove(from: Partitions, pk: string, at: readonly string[]) {
  const entries = from.get(pk) ?? []
  entries.splice(placeOf(entries, at), 1)
}

/** Where an entry stands, or would. */
function placeOf(entries: readonly Entry[], at: readonly string[]): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(entries[middle]?.at ?? [], at) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function compare(one: readonly string[], other: readonly string[]): number {
  for (const [at, text] of one.entries()) {
    const order = compareText(text, other[at] ?? '')
    if (order !== 0) return order
  }
  return 0
}
