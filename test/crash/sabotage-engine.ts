import { setTimeout as sleep } from 'node:timers/promises'
import type { Query, Row, Write } from '#shared/store/engine/engine.ts'
import type { SqliteEngine } from '#shared/store/engine/sqlite/sqlite.ts'
import type { Table } from '#shared/store/keys.ts'
import { withNaiveCaps } from '#test/functions/routing/faulty-engines.ts'
import type { HostSabotage } from './host-settings.ts'

type LocalEngine = SqliteEngine<Table>

/** Engines that each break one promise, for negative controls. */
export function sabotageEngine(sabotage: HostSabotage | undefined, engine: LocalEngine): LocalEngine {
  return sabotage === undefined ? engine : { ...engine, ...sabotages[sabotage](engine) }
}

const sabotages: { [name in HostSabotage]: (engine: LocalEngine) => Partial<LocalEngine> } = {
  'answers-early': answersEarly,
  'new-id-on-retry': newIdOnRetry,
  'naive-caps': naiveCaps,
  'no-sweeper': noSweeper,
}

/** How late a naive host writes: long enough that other leads come meanwhile. */
const writeDelayMs = 100
/** So long that a kill comes first, also on a slow machine. */
const commitDelayMs = 1000

/** Acknowledges a lead before the commit. */
function answersEarly(engine: LocalEngine): Partial<LocalEngine> {
  return {
    async transact(writes) {
      if (!writes.some(isNewLead)) return engine.transact(writes)
      setTimeout(() => engine.transact(writes).catch(() => {}), commitDelayMs)
      return { done: true }
    },
  }
}

function isNewLead(write: Write<Table>): boolean {
  return 'put' in write && write.put.pk.startsWith('LEAD#') && write.put.sk === 'LEAD'
}

const retrySuffix = /~again\d+/g

/** Reads a cap and writes it later, so that other leads read the same count meanwhile, however fast the host is. */
function naiveCaps(engine: LocalEngine): Partial<LocalEngine> {
  const { transact } = withNaiveCaps(engine)
  return {
    async transact(writes) {
      if (writes.some(isNewLead)) await sleep(writeDelayMs)
      return transact(writes)
    },
  }
}

/** Gives a delivery a new ID at each retry. */
function newIdOnRetry(engine: LocalEngine): Partial<LocalEngine> {
  return {
    async query(query) {
      const page = await engine.query(withoutRetrySuffix(query))
      return { ...page, items: page.items.map(renameRetriedDelivery) }
    },
    transact: (writes) => engine.transact(writes.map(withoutRetrySuffix)),
  }
}

function renameRetriedDelivery(row: Row): Row {
  const isRetried = row.sk === 'DELIVERY' && Number(row.attempts) > 0
  return isRetried ? { ...row, deliveryId: `${row.deliveryId}~again${row.attempts}` } : row
}

function withoutRetrySuffix<Content extends Write<Table> | Query<Table>>(content: Content): Content {
  const json = JSON.stringify(content)
  return json.includes('~again') ? JSON.parse(json.replaceAll(retrySuffix, '')) : content
}

/** Finds no due rows. */
function noSweeper(engine: LocalEngine): Partial<LocalEngine> {
  return { query: async (query) => (query.index === 'due' ? { items: [] } : engine.query(query)) }
}
