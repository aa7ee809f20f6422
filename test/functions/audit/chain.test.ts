import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit, verifyAudit } from '#shared/contract/access/audit.ts'
import { auditStore } from '#shared/store/access/audit-store.ts'
import type { Row, Write } from '#shared/store/engine/engine.ts'
import { auditEntryKey, auditHeadKey, auditSealKey, type Table } from '#shared/store/keys.ts'
import { queryAll } from '#shared/store/query-all.ts'
import { verifyAuditChain } from '#shared/workflows/access/verify-audit-day.ts'
import { aSchool, createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
  await system.api.seal()
})

const today = '2026-11-23'
const verify = async (day = today) => {
  const { body } = await system.api.staff('GET', `/v1/ops/audit/days/${day}/verification`)
  return verifyAudit.responses[200].body.parse(body)
}
const listRows = (pk: string) => queryAll(system.api.engine, { in: 'leads', pk, limit: 1000 })
const listEntryRows = () => listRows(auditEntryKey(today, '').pk)
const tamper = (...parts: Write<Table>[]) => system.api.engine.transact(parts)
const remove = ({ pk, sk }: Row): Write<Table> => ({ in: 'leads', delete: { pk, sk } })
const changeSchool = (name: string) =>
  system.api.staff('PUT', '/v1/ops/schools/tall-grass', { headers: { 'if-match': '*' }, body: aSchool({ name }) })

describe('the hash chain of the audit', () => {
  it('contains every entry once it is sealed', async () => {
    const { sealed, waiting, faults, head } = await verify()
    expect({ sealed, waiting, faults }).toEqual({ sealed: (await listEntryRows()).length, waiting: 0, faults: [] })
    expect(head).toMatchObject({ day: today, firstSequence: 1, sequence: sealed })
  })

  it('continues the next day from the end of the day before', async () => {
    const first = await verify()
    system.api.advanceClock(86_400)
    await changeSchool('Tomorrow College')
    await system.api.seal()
    const second = await verify('2026-11-24')
    expect(second.faults).toEqual([])
    expect(second.head).toMatchObject({ previousHash: first.head?.hash, firstSequence: first.sealed + 1 })
  })

  it('takes up each entry once if two workers seal at the same time', async () => {
    await changeSchool('Busy College')
    await Promise.all([system.api.seal(), system.api.seal()])
    await system.api.seal()
    expect(await verify()).toMatchObject({ waiting: 0, faults: [] })
  })

  it.each(['findHead', 'listSeals', 'listByDay'] as const)(
    'has no fault if a worker seals before %s of a verification',
    async (read) => {
      const audit = auditStore(system.api.engine)
      await changeSchool('Late College')
      let isDue = true
      const sealFirst =
        <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
        async (...args: Args) => {
          if (isDue) await system.api.seal()
          isDue = false
          return work(...args)
        }
      const racing = {
        findHead: { ...audit, findHead: sealFirst(audit.findHead) },
        listSeals: { ...audit, listSeals: sealFirst(audit.listSeals) },
        listByDay: { ...audit, listByDay: sealFirst(audit.listByDay) },
      }[read]
      const report = await verifyAuditChain(today, { audit: racing, now: () => new Date(`${today}T12:00:00.000Z`) })
      expect(report.faults).toEqual([])
      expect(isDue).toBe(false)
    },
  )

  it('detects: a sealed entry was edited', async () => {
    const row = (await listEntryRows()).find(({ action }) => action === 'record.created')
    if (!row) throw new Error('No entry.')
    await tamper({ in: 'leads', put: { ...row, actor: { kind: 'staff', keyId: 'key_other' } } })
    expect((await verify()).faults).toMatchObject([{ fault: 'edited', entryId: row.entryId }])
  })

  it('detects: a sealed entry was deleted', async () => {
    const [row] = await listEntryRows()
    if (!row) throw new Error('No entry.')
    await tamper(remove(row))
    expect((await verify()).faults).toMatchObject([{ fault: 'deleted', entryId: row.entryId }])
  })

  it('detects: an entry and its seal were deleted', async () => {
    const [row] = await listEntryRows()
    const seal = (await listRows(auditSealKey(today, 0).pk)).find(({ entryId }) => entryId === row?.entryId)
    if (!row || !seal) throw new Error('No entry.')
    await tamper(remove(row), remove(seal))
    expect((await verify()).faults).toContainEqual(
      expect.objectContaining({ fault: 'deleted', sequence: seal.sequence }),
    )
  })

  it('detects: an entry was inserted', async () => {
    const [row] = await listEntryRows()
    if (!row) throw new Error('No entry.')
    await tamper({ in: 'leads', put: { ...row, sk: `${row.sk}x`, entryId: 'aud_forged' } })
    expect((await verify()).faults).toMatchObject([{ fault: 'inserted', entryId: 'aud_forged' }])
  })

  it('detects: two entries were exchanged', async () => {
    const [first, second] = await listRows(auditSealKey(today, 0).pk)
    if (!first || !second) throw new Error('No seals.')
    await tamper(
      { in: 'leads', put: { ...second, pk: first.pk, sk: first.sk, sequence: first.sequence ?? 0 } },
      { in: 'leads', put: { ...first, pk: second.pk, sk: second.sk, sequence: second.sequence ?? 0 } },
    )
    expect((await verify()).faults.map(({ fault }) => fault)).toContain('out-of-order')
  })

  it('detects: the end was removed', async () => {
    const entry = (await listEntryRows()).at(-1)
    const seal = (await listRows(auditSealKey(today, 0).pk)).at(-1)
    if (!entry || !seal) throw new Error('No entry.')
    await tamper(remove(entry), remove(seal))
    expect((await verify()).faults.map(({ fault }) => fault)).toContain('truncated')
  })

  it('detects: a whole day was removed', async () => {
    system.api.advanceClock(86_400)
    await changeSchool('Tomorrow College')
    await system.api.seal()
    const rows = [...(await listEntryRows()), ...(await listRows(auditSealKey(today, 0).pk))]
    for (const row of rows) await tamper(remove(row))
    await tamper({ in: 'leads', delete: auditHeadKey(today) })
    expect((await verify('2026-11-24')).faults).toMatchObject([{ fault: 'out-of-order' }])
  })

  it('detects: an entry is never sealed', async () => {
    await changeSchool('Unsealed College')
    system.api.advanceClock(3600)
    expect((await verify()).faults).toMatchObject([{ fault: 'not-sealed' }])
  })

  it('is logged with its head, and checked by a clock that counts the faults', async () => {
    const { head } = await verify()
    expect(system.api.logEntries).toContainEqual({
      event: 'audit.sealed',
      fields: expect.objectContaining({ hash: head?.hash }),
    })
    await system.api.verifyAudit()
    expect(system.api.measurements.at(-1)).toEqual({ metric: 'AuditFaults', value: 0 })
    const [row] = await listEntryRows()
    if (row) await tamper(remove(row))
    await system.api.verifyAudit()
    expect(system.api.measurements.at(-1)).toEqual({ metric: 'AuditFaults', value: 1 })
  })
})

describe('the list of audit entries', () => {
  const list = async (query: string) => {
    const { body } = await system.api.staff('GET', `/v1/ops/audit?${query}`)
    return listAudit.responses[200].body.parse(body)
  }

  it('shows the history of one record, latest first', async () => {
    system.api.advanceClock(60)
    await changeSchool('Taller Grass College')
    const { entries } = await list('record=schools/tall-grass')
    expect(entries.map(({ action }) => action)).toEqual(['record.changed', 'record.created'])
    expect((await list('record=tall-grass')).entries).toEqual(entries)
  })

  it('filters by actor, action and time', async () => {
    const { key, keyId } = await system.api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'manage')
    system.api.advanceClock(3600)
    await system.api.call('POST', '/v1/school/test-leads', {
      headers: { authorization: `Bearer ${key}` },
      body: { campaignId: 'tall-grass-tx' },
    })
    for (const query of [`actor=${keyId}`, 'actor=school', 'action=test-lead', 'from=2026-11-23T15:30:00Z'])
      expect((await list(query)).entries).toMatchObject([{ action: 'test-lead.sent' }])
    expect((await list('to=2026-11-22')).entries).toEqual([])
  })

  it('continues by cursor until every entry was shown once', async () => {
    system.api.advanceClock(86_400)
    await changeSchool('Tomorrow College')
    const ids: string[] = []
    let cursor: string | null = ''
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      ids.push(...page.entries.map(({ entryId }) => entryId))
      cursor = page.page.nextCursor
    } while (cursor !== null)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength((await listEntryRows()).length + 1)
  })
})
