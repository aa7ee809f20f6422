import { describe, expect, it } from 'vitest'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { createPeopleSystem } from '#test/functions/operator/access/people/create-people-system.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { type AuditedOperation, auditedOperations } from './audited-operations.ts'
import { listStoredEntries } from './list-stored-entries.ts'

const all: readonly Route[] = Object.values(routes).flat()
const writes = all.filter(({ method }) => method !== 'GET').map(({ name }) => name)
const audited = Object.entries(auditedOperations).flatMap(([name, row]) =>
  'action' in row ? [[name, row] as const] : [],
)

describe('the table of audited operations', () => {
  it('has a row for every operation that is no GET, and for no other', () => {
    expect(Object.keys(auditedOperations).toSorted()).toEqual(writes.toSorted())
  })

  it.each(audited)('%s writes the entry that its row names', async (_, row) => {
    expect(await findMissingEntry(row)).toBeUndefined()
  })

  it.each(audited)('%s changes nothing if its entry cannot be written', async (_, row) => {
    const faulty = { isOn: false, refused: 0 }
    const system = await createPeopleSystem({
      createEngine: (now) => refuseEntries(memoryEngine(now), faulty, row.action),
    })
    faulty.isOn = true
    expect((await row.run(system)).status).toBeGreaterThanOrEqual(409)
    expect(faulty.refused).toBeGreaterThan(0)
  })

  it('detects: an operation writes no entry', async () => {
    const row: AuditedOperation = { action: 'key.created', run: ({ api }) => api.staff('GET', '/v1/ops/keys') }
    expect(await findMissingEntry(row)).toMatch(/no entry/)
  })
})

async function findMissingEntry({ action, run }: AuditedOperation): Promise<string | undefined> {
  const system = await createPeopleSystem()
  const before = await listStoredEntries(system.api)
  const response = await run(system)
  if (response.status >= 300) return `refused: ${response.text}`
  const entries = (await listStoredEntries(system.api)).slice(before.length)
  return entries.some((entry) => entry.action === action) ? undefined : `no entry of ${action}`
}

/** Once it is on, refuses every transaction that contains an entry of an action, as a table would that is out of reach. */
function refuseEntries(
  engine: Engine<Table>,
  faulty: { isOn: boolean; refused: number },
  action: string,
): Engine<Table> {
  return {
    ...engine,
    transact: async (parts) => {
      const isRefused = faulty.isOn && parts.some((part) => 'put' in part && part.put.action === action)
      if (!isRefused) return engine.transact(parts)
      faulty.refused += 1
      throw new Error('The audit table is out of reach.')
    },
  }
}
