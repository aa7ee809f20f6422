import { addSeconds } from '../domain/time.ts'
import type { Engine, Row, Write } from './engine/engine.ts'
import {
  duePartition,
  dueShards,
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
  postbacksPartition,
  visitorMessagesPartition,
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
    const query = { in: 'leads', index: 'due', pk, sk: { from: `${shift.now}#~` }, limit: rowsPerPage } as const
    let page = await engine.query(query)
    for (;;) {
      const outcomes = await Promise.all(page.items.map((row) => engine.transact([buildDueWrite(row, pk, shift)])))
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

function buildDueWrite({ pk, sk, dueSk, dueAt }: Row, partition: string, { now, seconds }: Shift): Write<Table> {
  const entry = String(dueSk)
  const lookAt = addSeconds(entry.slice(0, entry.indexOf('#')), -seconds)
  const isOffer = partition.startsWith(offersPartition(''))
  return {
    in: 'leads',
    change: { pk, sk },
    set: {
      dueSk: `${lookAt}${entry.slice(entry.indexOf('#'))}`,
      ...(typeof dueAt === 'string' && dueAt > now && { dueAt: addSeconds(dueAt, -seconds) }),
      ...(isOffer && { offerAt: lookAt }),
    },
    when: { attribute: 'dueSk', is: 'equal', value: entry },
  }
}

function buildTimeWrite({ pk, sk, ...row }: Row, attribute: string, { now, seconds }: Shift): Write<Table>[] {
  const time = row[attribute]
  if (typeof time !== 'string' || time <= now) return []
  const when = { attribute, is: 'equal', value: time } as const
  return [{ in: 'leads', change: { pk, sk }, set: { [attribute]: addSeconds(time, -seconds) }, when }]
}
