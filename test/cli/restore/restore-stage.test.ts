import { describe, expect, it } from 'vitest'
import { formatRestoredName, planRestore, type RestoreRequest, restoreStage } from '#cli/restore/restore-stage.ts'
import type { Row } from '#shared/store/engine/engine.ts'
import { attemptKey, leadKey, recordKey } from '#shared/store/keys.ts'
import { createMemoryTables, protectedSettings } from './memory-tables.ts'

const at = new Date('2026-11-28T14:00:00Z')
const [catalog, leads] = ['prospectus-prod-storage-Catalog1A-B2', 'prospectus-prod-storage-Leads3C-D4']
const restoredLeads = 'prospectus-prod-storage-Leads-20261128T140000Z'
const oldLead: Row = { ...leadKey('l1'), receivedAt: '2026-11-28T12:00:00.000Z' }
const deletedLead: Row = { ...leadKey('l2'), receivedAt: '2026-11-28T13:00:00.000Z' }
const newLead: Row = { ...leadKey('l3'), receivedAt: '2026-11-28T15:00:00.000Z' }

/** A stage whose accident deleted a lead after 14:00, and that has taken another since. */
function createStage({ asOf = [oldLead, deletedLead] }: { asOf?: Row[] } = {}) {
  const tables = createMemoryTables()
  const school = { ...recordKey('schools', 'bay-shore'), name: 'Bay Shore' }
  tables.addTable(catalog, [school])
  tables.addTable(leads, [oldLead, newLead])
  tables.asOf.set(catalog, [school])
  tables.asOf.set(leads, asOf)
  const clock = { now: new Date('2026-11-28T16:00:00Z') }
  const lines: string[] = []
  const request: RestoreRequest = {
    tables: { catalog, leads },
    at,
    revert: [],
    acceptsMissing: false,
    quietAt: new Date('2026-11-28T16:20:00Z'),
  }
  const deps = {
    admin: tables.admin,
    now: () => clock.now,
    sleep: async (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms)
    },
    report: (line: string) => void lines.push(line),
    startProgress: () => ({ update: () => {}, end: () => {} }),
  }
  return { tables, clock, lines, request, deps }
}

describe('restoring a stage', () => {
  it('makes new tables with everything that the old ones have, and leaves the old ones alone', async () => {
    const { tables, clock, lines, request, deps } = createStage()
    const { tables: names } = await restoreStage(request, deps)
    expect(names).toEqual({ catalog: 'prospectus-prod-storage-Catalog-20261128T140000Z', leads: restoredLeads })
    expect(new Set(tables.readRows(restoredLeads))).toEqual(new Set([oldLead, deletedLead, newLead]))
    expect(tables.readRows(leads)).toEqual([oldLead, newLead])
    for (const name of Object.values(names)) expect(tables.readSettings(name)).toEqual(protectedSettings)
    expect(clock.now >= request.quietAt).toBe(true)
    expect(lines.join('\n')).toMatch(/lead +2 +2 +1 +1 +0 +0/)
  })

  it('stops at a restored table that lacks an older row, and settles nothing', async () => {
    const { tables, request, deps } = createStage({ asOf: [deletedLead] })
    await expect(restoreStage(request, deps)).rejects.toThrow(/lacks 1 rows that are older .*\n {2}LEAD#l1 \/ LEAD\n/)
    expect(tables.readRows(restoredLeads)).toEqual([deletedLead])
    await restoreStage({ ...request, acceptsMissing: true }, deps)
    expect(new Set(tables.readRows(restoredLeads))).toEqual(new Set([oldLead, deletedLead, newLead]))
  })

  it('continues wherever it was cut off, with the same result', async () => {
    const expected = createStage()
    await restoreStage(expected.request, expected.deps)
    const countCalls = async (failsAt: number) => {
      const stage = createStage()
      let calls = 0
      const admin = new Proxy(stage.deps.admin, {
        get:
          (target, name) =>
          (...inputs: unknown[]) => {
            calls += 1
            if (calls === failsAt) throw new Error('The network is gone.')
            return Reflect.get(target, name).apply(target, inputs)
          },
      })
      const firstRun = await restoreStage(stage.request, { ...stage.deps, admin }).catch(() => 'cut off')
      if (firstRun !== 'cut off') return 'done'
      await restoreStage(stage.request, stage.deps)
      for (const name of expected.tables.names())
        expect(new Set(stage.tables.readRows(name))).toEqual(new Set(expected.tables.readRows(name)))
      expect(stage.tables.readSettings(restoredLeads)).toEqual(protectedSettings)
      return 'continued'
    }
    let failsAt = 1
    while ((await countCalls(failsAt)) === 'continued') failsAt += 1
    expect(failsAt).toBeGreaterThan(20)
  })

  it('does not end while the replaced table is written to', async () => {
    const { tables, request, deps } = createStage()
    let writes = 0
    const scan: typeof deps.admin.scan = (name) => {
      writes += 1
      if (name === leads) tables.addTable(leads, [oldLead, { ...attemptKey('d1', writes), endedAt: at.toISOString() }])
      return tables.admin.scan(name)
    }
    await expect(restoreStage(request, { ...deps, admin: { ...deps.admin, scan } })).rejects.toThrow(
      /Leads3C-D4 is still being written to/,
    )
  })

  it.each<[string, Partial<RestoreRequest>, (stage: ReturnType<typeof createStage>) => void, RegExp]>([
    ['a time to come', { at: new Date('2027-01-01T00:00:00Z') }, () => {}, /not in the past/],
    ['a time before the window', { at: new Date('2026-01-01T00:00:00Z') }, () => {}, /any second from 2026-10-25/],
    ['the last minutes', { at: new Date('2026-11-28T15:58:00Z') }, () => {}, /latest is about five minutes ago/],
    [
      'a table without recovery',
      {},
      ({ tables }) => tables.addTable(leads, [], { window: undefined }),
      /no point-in-time recovery.*Deploy/,
    ],
    ['a table that is gone', { tables: { leads: 'nothing' } }, () => {}, /There is no table nothing/],
    ['another table of that name', {}, ({ tables }) => tables.addTable(restoredLeads, []), /is no restore of/],
    [
      'the restore in use',
      { tables: { leads: restoredLeads } },
      ({ tables }) => tables.addTable(restoredLeads, []),
      /uses .* already/,
    ],
  ])('refuses %s before it makes a table', async (_, change, prepare, message) => {
    const stage = createStage()
    prepare(stage)
    const before = stage.tables.names()
    await expect(restoreStage({ ...stage.request, ...change }, stage.deps)).rejects.toThrow(message)
    expect(stage.tables.names()).toEqual(before)
  })

  it('refuses a restored table of another shape or key', async () => {
    const { tables, request, deps } = createStage()
    const startRestore: typeof deps.admin.startRestore = async (restore) => {
      await tables.admin.startRestore(restore)
      tables.addTable(restore.to, [], { restored: { from: restore.from.arn, at }, encryptionKey: undefined })
    }
    await expect(restoreStage(request, { ...deps, admin: { ...deps.admin, startRestore } })).rejects.toThrow(
      /other keys, indexes or encryption/,
    )
  })

  it('only plans in a dry run', async () => {
    const { tables, request, deps } = createStage()
    const plans = await planRestore(request, deps)
    expect(plans.map(({ to }) => to)).toContain(restoredLeads)
    expect(tables.names()).toEqual([catalog, leads])
  })

  it('names a restore of a restore after the stack, too', () => {
    expect(formatRestoredName(restoredLeads, new Date('2026-12-01T01:02:03Z'))).toBe(
      'prospectus-prod-storage-Leads-20261201T010203Z',
    )
  })
})
