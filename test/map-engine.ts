import { applyChange } from '#shared/store/engine/apply-change.ts'
import { checkGet, checkQuery, getKeyNames, isEmptyRange } from '#shared/store/engine/check-read.ts'
import { checkItemBytes, checkWrites, getWriteKey } from '#shared/store/engine/check-writes.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import type {
  Engine,
  Item,
  Key,
  Page,
  Query,
  Row,
  Shapes,
  Value,
  Write,
  WriteOutcome,
} from '#shared/store/engine/engine.ts'
import { isExpired } from '#shared/store/engine/expiry.ts'
import { isConditionMet } from '#shared/store/engine/is-condition-met.ts'
import { limits } from '#shared/store/engine/limits.ts'
import { projectRow } from '#shared/store/engine/project-row.ts'
import { compareText } from '#shared/store/engine/text-order.ts'

/** A row in a table or an index, sorted by `at`. */
type Entry = { at: readonly string[]; row: Row }
type Partitions = Map<string, Entry[]>

/**
 * An engine of plain maps for simulations that write millions of rows, because SQLite is much slower. The contract suite
 * checks that it behaves like the production engines.
 */
export function mapEngine<Table extends string>({
  shapes,
  now,
}: {
  shapes: Shapes<Table>
  now: () => Date
}): Engine<Table> {
  const partitions = new Map<string, Partitions>()
  const getPartitions = (table: string, index?: string) => {
    const name = index === undefined ? table : `${table}.${index}`
    const existing = partitions.get(name) ?? new Map<string, Entry[]>()
    partitions.set(name, existing)
    return existing
  }

  /** Returns expired rows, too: only reads ignore them. */
  function getStored(table: string, { pk, sk }: Key): Row | undefined {
    const entries = getPartitions(table).get(pk) ?? []
    const index = findIndex(entries, [sk])
    const entry = entries[index]
    return entry?.at[0] === sk ? entry.row : undefined
  }

  function getLive(table: string, key: Key): Row | undefined {
    const row = getStored(table, key)
    return row && !isExpired(row, now()) ? row : undefined
  }

  function apply(writes: readonly Write[]): WriteOutcome {
    const currentRows = writes.map((write) =>
      'change' in write || write.when ? getLive(write.in, getWriteKey(write)) : undefined,
    )
    const refused = writes.map(({ when }, i) =>
      !when || isConditionMet(when, currentRows[i]) ? undefined : 'condition',
    )
    if (refused.some(Boolean)) return { done: false, refused }
    for (const { write, row } of writes.map((write, i) => ({ write, row: applyWrite(write, currentRows[i]) })))
      if (row !== undefined || 'delete' in write) replace(write.in, getWriteKey(write), row)
    return { done: true }
  }

  function replace(table: string, key: Key, row: Row | undefined) {
    const before = getStored(table, key)
    for (const { into, pk, at } of before ? listPlacements(table, before) : []) remove(into, pk, at)
    for (const { into, pk, at } of row ? listPlacements(table, row) : []) if (row) insert(into, pk, { at, row })
  }

  /** Lists the positions of a row: in its table, and in each index whose keys it has. */
  function listPlacements(table: string, row: Row) {
    const { pk, sk } = row
    const indexPlacements = Object.keys(shapes[requireTable(table)].indexes).flatMap((index) => {
      const names = getKeyNames(shapes, { in: table, index })
      const [indexPk, indexSk] = [row[names.pk], row[names.sk]]
      if (typeof indexPk !== 'string' || typeof indexSk !== 'string') return []
      return [{ into: getPartitions(table, index), pk: indexPk, at: [indexSk, pk, sk] }]
    })
    return [{ into: getPartitions(table), pk, at: [sk] }, ...indexPlacements]
  }

  const isTable = (name: string): name is Table => Object.hasOwn(shapes, name)
  function requireTable(name: string): Table {
    if (!isTable(name)) throw new Error(`There is no table ${name}.`)
    return name
  }

  return {
    async get({ in: table, key }) {
      checkGet(shapes, table, key)
      return copyIfPresent(getLive(table, key))
    },

    async query(query) {
      checkQuery(shapes, query)
      if (isEmptyRange(query)) return { items: [] }
      return buildPage(getPartitions(query.in, query.index).get(query.pk) ?? [], query, shapes, now())
    },

    async transact(writes) {
      checkWrites(shapes, writes)
      return apply(writes)
    },
  }
}

function applyWrite(write: Write, current: Row | undefined): Row | undefined {
  if ('put' in write) return copyRow(write.put)
  if (!('change' in write)) return undefined
  const changed = applyChange(current, write)
  checkItemBytes(changed)
  return copyRow(changed)
}

/** Returns a deep copy, so that the writer cannot change the stored row, with well-formed text. */
function copyRow(row: Row): Row {
  return { ...copyMap(row), pk: row.pk, sk: row.sk }
}

function copyMap(map: Item): Item {
  const copy: Item = {}
  for (const name of Object.keys(map)) copy[name] = copyValue(map[name] ?? null)
  return copy
}

function copyValue(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed()
  // DynamoDB stores -0 as 0.
  if (value === 0) return 0
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return Array.isArray(value) ? value.map(copyValue) : copyMap(value)
}

/** Returns a copy, so that a reader cannot change the stored row and does not see later changes. */
function copyIfPresent(row: Row | undefined): Row | undefined {
  return row && { ...row }
}

function buildPage(entries: readonly Entry[], query: Query, shapes: Shapes, now: Date): Page {
  const items: Row[] = []
  const names = getKeyNames(shapes, query)
  const { after, order, limit } = query
  const startAfter =
    after && [names.sk, ...(query.index === undefined ? [] : ['pk', 'sk'])].map((name) => after[name] ?? '')
  const within = entries.filter(({ at }) => isWithin(at, query, startAfter))
  let examined = 0
  let bytes = 0
  for (const { row: storedRow } of order === 'descending' ? within.toReversed() : within) {
    const row = projectRow(storedRow, query, shapes)
    if (!isExpired(row, now)) items.push({ ...row })
    examined += 1
    bytes += countItemBytes(row)
    if (examined === limit || bytes > limits.pageBytes) {
      const cursor = ['pk', 'sk', names.pk, names.sk].map((name) => [name, String(row[name])])
      return { items, next: Object.fromEntries(cursor) }
    }
  }
  return { items }
}

function isWithin(at: readonly string[], { sk, order }: Query, startAfter: readonly string[] | undefined): boolean {
  const [first = ''] = at
  if (startAfter && (order === 'descending' ? compare(at, startAfter) >= 0 : compare(at, startAfter) <= 0)) return false
  if (!sk) return true
  if ('prefix' in sk) return first.startsWith(sk.prefix)
  return (
    (sk.from === undefined || compareText(first, sk.from) >= 0) &&
    (sk.to === undefined || compareText(first, sk.to) <= 0)
  )
}

function insert(into: Partitions, pk: string, entry: Entry) {
  const entries = into.get(pk)
  if (entries) entries.splice(findIndex(entries, entry.at), 0, entry)
  else into.set(pk, [entry])
}

function remove(from: Partitions, pk: string, at: readonly string[]) {
  const entries = from.get(pk) ?? []
  entries.splice(findIndex(entries, at), 1)
}

/** Returns the index of an entry, or the index at which to insert it. */
function findIndex(entries: readonly Entry[], at: readonly string[]): number {
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
