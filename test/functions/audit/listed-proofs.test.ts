import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '#shared/contract/access/audit.ts'
import { consentKey, consentListKey, leadKey, personKey } from '#shared/store/keys.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

const dayOfLeads = '2026-11-23'
const nextDay = '2026-11-24'
let system: TestSystem
let leadIds: string[]

/** Two leads of a day, and the run of the next morning that lists their proofs. */
beforeEach(async () => {
  system = await createTestSystem()
  const first = await submitTestLead(system)
  const second = await submitTestLead(system, 2)
  leadIds = [first.leadId, second.leadId]
  await startNextDay()
})

async function startNextDay() {
  system.api.advanceClock(86_400)
  await system.api.verifyAudit()
  await system.api.seal()
}

const verify = async (day = nextDay) => {
  const { body } = await system.api.staff('GET', `/v1/ops/audit/days/${day}/verification`)
  return verifyAudit.responses[200].body.parse(body)
}
const listEntries = async () => {
  const { body } = await system.api.staff('GET', '/v1/ops/audit?action=consent-proofs.listed')
  return (body as { entries: { record: object; after: { proofs: { [leadId: string]: string } } }[] }).entries
}
const countLoggedFaults = () =>
  system.api.logEntries.filter(({ fields }) => JSON.stringify(fields).includes('proof-removed')).length

describe('the proofs of consent of a day', () => {
  it('are listed once in the audit of the next day, without anything that names a person', async () => {
    await system.api.verifyAudit()
    const entries = await listEntries()
    expect(entries).toMatchObject([{ record: { kind: 'consent-days', id: dayOfLeads } }])
    expect(Object.keys(entries[0]?.after.proofs ?? {}).toSorted()).toEqual(leadIds.toSorted())
    expect(await verify()).toMatchObject({ faults: [], waiting: 0 })
    expect(JSON.stringify(entries)).not.toMatch(/mail\.example|Ada/)
  })

  it('are not listed before the day has ended', async () => {
    await submitTestLead(system, 3)
    await system.api.verifyAudit()
    expect(await listEntries()).toHaveLength(1)
    await startNextDay()
    expect(await listEntries()).toHaveLength(2)
  })

  it('still verify after their people were erased', async () => {
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId: leadIds[0] } })
    expect((await verify()).faults).toEqual([])
  })

  it('detects: a proof was removed with all that leads to it', async () => {
    const [leadId = ''] = leadIds
    const { digests, leads } = system.api.createDependencies('operator')
    const { contact } = (await leads.findOrigin(leadId)) ?? {}
    if (!contact) throw new Error('No lead.')
    await system.api.engine.transact([
      { in: 'leads', delete: consentKey(leadId) },
      { in: 'leads', delete: leadKey(leadId) },
      ...digests.listPersonDigests(contact).map((hmac) => ({ in: 'leads', delete: personKey(hmac, leadId) }) as const),
    ])
    const { faults } = await verify()
    expect(faults).toMatchObject([{ fault: 'proof-removed' }])
    expect(faults[0]?.detail).toContain(leadId)
    await submitTestLead(system, 3)
    await startNextDay()
    expect(countLoggedFaults()).toBe(1)
  })

  it('detects: a proof was replaced by that of another lead', async () => {
    const [leadId = '', otherId = ''] = leadIds
    const other = await system.api.engine.get({ in: 'leads', key: consentKey(otherId) })
    const sealed = other?.sealed ?? null
    await system.api.engine.transact([
      { in: 'leads', change: consentKey(leadId), set: { sealed }, when: { exists: true } },
    ])
    expect((await verify()).faults).toMatchObject([{ fault: 'proof-changed' }])
  })

  it('of a version that sealed none may be sealed later, and must stay', async () => {
    const system = await createTestSystem()
    const { leadId } = await submitTestLead(system)
    await system.api.engine.transact([
      { in: 'leads', change: consentKey(leadId), set: {}, remove: ['sealed'], when: { exists: true } },
    ])
    await runNextDay(system)
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId } })
    expect(await listFaults(system)).toEqual([])
    await system.api.engine.transact([{ in: 'leads', delete: consentKey(leadId) }])
    expect(await listFaults(system)).toMatchObject(['proof-removed'])
  })

  it('whose five years have ended are not missed', async () => {
    await system.api.engine.transact(leadIds.map((leadId) => ({ in: 'leads', delete: consentKey(leadId) })))
    expect((await verify()).faults).toHaveLength(2)
    system.api.advanceClock((5 * 366 + 1) * 86_400)
    expect((await verify()).faults).toEqual([])
  })

  it('are listed in parts, and a part that was cut off is listed once', async () => {
    const many = await createTestSystem()
    for (let number = 1; number <= 101; number++) await submitTestLead(many, number)
    many.api.advanceClock(86_400)
    await Promise.all([many.api.verifyAudit(), many.api.verifyAudit()])
    await many.api.verifyAudit()
    const { body } = await many.api.staff('GET', '/v1/ops/audit?action=consent-proofs.listed')
    const { entries } = body as { entries: { after: { proofs: object } }[] }
    expect(entries.map(({ after }) => Object.keys(after.proofs).length).toSorted((a, b) => a - b)).toEqual([1, 100])
    expect(await many.api.engine.get({ in: 'leads', key: consentListKey() })).toMatchObject({ day: nextDay })
  })
})

async function runNextDay({ api }: TestSystem) {
  api.advanceClock(86_400)
  await api.verifyAudit()
  await api.seal()
}

async function listFaults({ api }: TestSystem): Promise<string[]> {
  const { body } = await api.staff('GET', `/v1/ops/audit/days/${nextDay}/verification`)
  return verifyAudit.responses[200].body.parse(body).faults.map(({ fault }) => fault)
}
