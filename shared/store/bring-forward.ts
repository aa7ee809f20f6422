import { addSeconds } from '../domain/time.ts'
import type { Engine, Row, Write } from './engine/engine.ts'
import {
  certificatesPartition,
  duePartition,
  dueShards,
  inboundFetchesPartition,
  notificationsPartition,
  offersPartition,
  postbacksPartition,
  visitorMessagesPartition,
  withdrawalsPartition,
} from './index-keys.ts'
import { endpointHealthKey, type Table } from './keys.ts'
import { queryAll } from './query-all.ts'

/** By how many seconds, and what is later than `now`. */
type Shift = { now: string; seconds: number }

const rowsPerPage = 200
const waitingPartitions = [
  ...dueShards.map(duePartition),
  ...dueShards.map(offersPartition),
  certificatesPartition('fresh'),
  certificatesPartition('failing'),
  postbacksPartition,
  inboundFetchesPartition,
  visitorMessagesPartition,
  notificationsPartition,
  withdrawalsPartition,
]

/**
 * Brings forward what is due later than `now`, for a clock that was set back: its times were those of the clock before. That
 * something is due too early harms nothing, because whether it may be done is decided again. What changes meanwhile stays as
 * it is then. Returns how many rows were changed.
 */
export async function bringWaitingForward(engine: Engine<Table>, shift: Shift): Promise<number> {
  let count = 0
  for (const pk of waitingPartitions) {
    // A lease is not in the index, and its delivery may be due since long.
    const mayBeLeased = pk.startsWith(duePartition(''))
    const sk = mayBeLeased ? {} : { sk: { from: `${shift.now}#~` } }
    const query = { in: 'leads', index: 'due', pk, ...sk, limit: rowsPerPage } as const
    let page = await engine.query(query)
    for (;;) {
      const entries = mayBeLeased ? await readRows(engine, page.items) : page.items
      const writes = entries.flatMap((row) => buildDueWrites(row, pk, shift))
      const outcomes = await Promise.all(writes.map((write) => engine.transact([write])))
      count += outcomes.filter(({ done }) => done).length
      if (!page.next) break
      page = await engine.query({ ...query, after: page.next })
    }
  }
  return count
}

/** Brings forward when the circuit of a school opens, and when its permits are free. Returns how many rows were changed. */
export async function bringEndpointHealthForward(
  engine: Engine<Table>,
  schoolOwner: string,
  shift: Shift,
): Promise<number> {
  const rows = await queryAll(engine, { in: 'leads', pk: endpointHealthKey(schoolOwner).pk, limit: 100 })
  const writes = rows.flatMap((row) =>
    ['until', 'opensAt'].flatMap((attribute) => buildTimeWrite(row, attribute, shift)),
  )
  const outcomes = await Promise.all(writes.map((write) => engine.transact([write])))
  return outcomes.filter(({ done }) => done).length
}

async function readRows(engine: Engine<Table>, entries: readonly Row[]): Promise<Row[]> {
  const rows = await Promise.all(entries.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
  return rows.flatMap((row) => row ?? [])
}

function buildDueWrites(row: Row, partition: string, { now, seconds }: Shift): Write<Table>[] {
  const { pk, sk, dueSk, dueAt, leaseUntil } = row
  const entry = String(dueSk)
  const [lookAt, id] = [entry.slice(0, entry.indexOf('#')), entry.slice(entry.indexOf('#'))]
  const isOffer = partition.startsWith(offersPartition(''))
  const set = {
    ...(lookAt > now && { dueSk: `${addSeconds(lookAt, -seconds)}${id}` }),
    ...(lookAt > now && isOffer && { offerAt: addSeconds(lookAt, -seconds) }),
    ...(typeof dueAt === 'string' && dueAt > now && { dueAt: addSeconds(dueAt, -seconds) }),
    ...(typeof leaseUntil === 'string' && leaseUntil > now && { leaseUntil: addSeconds(leaseUntil, -seconds) }),
  }
  if (Object.keys(set).length === 0) return []
  const ifSameEntry = { attribute: 'dueSk', is: 'equal', value: entry } as const
  const ifSameLease =
    typeof leaseUntil === 'string'
      ? ({ attribute: 'leaseUntil', is: 'equal', value: leaseUntil } as const)
      : ({ attribute: 'leaseUntil', is: 'absent' } as const)
  return [{ in: 'leads', change: { pk, sk }, set, when: { all: [ifSameEntry, ifSameLease] } }]
}

function buildTimeWrite({ pk, sk, ...row }: Row, attribute: string, { now, seconds }: Shift): Write<Table>[] {
  const time = row[attribute]
  if (typeof time !== 'string' || time <= now) return []
  const when = { attribute, is: 'equal', value: time } as const
  return [{ in: 'leads', change: { pk, sk }, set: { [attribute]: addSeconds(time, -seconds) }, when }]
}
