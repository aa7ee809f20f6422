import { describe, expect, it } from 'vitest'
import { findConsentProofs } from '#shared/contract/aftercare/consent-proofs.ts'
import { consentKey } from '#shared/store/keys.ts'
import { aPerson, createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

const ada = aPerson(1)
const purpose = 'Claim 114'

describe('a proof of consent', () => {
  it.each([
    ['email', { email: ada.email }],
    ['phone', { phone: ada.phone }],
  ])('is found by %s after the person was erased, with name, number and the text', async (_, query) => {
    const { system, leadId } = await createErasedLead()
    const [proof] = await find(system, query)
    expect(proof).toMatchObject({
      leadId,
      isErased: true,
      person: { firstName: 'Ada', lastName: 'Example', email: 'ada1@mail.example', phone: '+15127891001' },
      consent: { ip: '198.51.100.7', schoolIds: ['tall-grass', 'bay-shore'] },
      integrity: 'intact',
      faults: [],
      keptUntil: '2031-11-23T15:00:00.000Z',
    })
    expect(proof?.consent.disclosure.text).toContain('Tall Grass College')
  })

  it('is the same before and after the erasure, and no row holds the person in plain afterwards', async () => {
    const system = await createTestSystem()
    const { leadId } = await submitTestLead(system)
    const [before] = await find(system, { email: ada.email })
    await erase(system)
    const [after] = await find(system, { email: ada.email })
    expect(after?.sha256).toBe(before?.sha256)
    const row = await system.api.engine.get({ in: 'leads', key: consentKey(leadId) })
    expect(JSON.stringify(row)).not.toMatch(/ada1|7891001|198\.51\.100\.7/i)
  })

  it('is kept for 5 years and not longer, also if the retention period is shorter', async () => {
    const system = await createTestSystem()
    await submitTestLead(system)
    system.api.advanceClock(32 * 86_400)
    await system.api.retain(30)
    system.api.advanceClock(4.9 * 365 * 86_400)
    expect(await find(system, { phone: ada.phone })).toHaveLength(1)
    system.api.advanceClock(0.2 * 365 * 86_400)
    expect(await find(system, { phone: ada.phone })).toEqual([])
  })

  it.each([
    ['the text', { disclosure: { version: 'x', sha256: '0'.repeat(64), text: 'I like cats.', schoolIds: [] } }],
    ['the schools', { schoolIds: ['tall-grass', 'other'] }],
    ['the sealed record', { sealed: 'AAAA' }],
  ])('shows that %s was altered', async (_, set) => {
    const { system, leadId } = await createErasedLead()
    await system.api.engine.transact([{ in: 'leads', change: consentKey(leadId), set }])
    const [proof] = await find(system, { email: ada.email })
    expect(proof?.integrity).toBe('changed')
    expect(proof?.faults).not.toEqual([])
  })

  it('of a row that is older than sealed proofs is sealed by the erasure', async () => {
    const system = await createTestSystem()
    const { leadId } = await submitTestLead(system)
    await system.api.engine.transact([{ in: 'leads', change: consentKey(leadId), remove: ['sealed'] }])
    expect(await find(system, { email: ada.email })).toMatchObject([
      { integrity: 'unsealed', person: { firstName: 'Ada' } },
    ])
    await erase(system)
    expect(await find(system, { email: ada.email })).toMatchObject([
      { integrity: 'intact', person: { firstName: 'Ada' } },
    ])
  })

  it('of a person who was erased before proofs were sealed says what is missing', async () => {
    const { system, leadId } = await createErasedLead()
    await system.api.engine.transact([{ in: 'leads', change: consentKey(leadId), remove: ['sealed'] }])
    const [proof] = await find(system, { email: ada.email })
    expect(proof?.person).toBeUndefined()
    expect(proof?.missing[0]).toContain('name, email and phone')
  })

  it('that was removed from the database is named, before and after an erasure', async () => {
    for (const isErased of [false, true]) {
      const system = await createTestSystem()
      const { leadId } = await submitTestLead(system)
      if (isErased) await erase(system)
      const query = { email: ada.email, purpose }
      expect((await post(system, query)).body).toMatchObject({ proofs: [{ leadId }], removed: [] })
      await system.api.engine.transact([{ in: 'leads', delete: consentKey(leadId) }])
      expect((await post(system, query)).body).toMatchObject({ proofs: [], removed: [leadId] })
      expect(system.api.logEntries).toContainEqual(expect.objectContaining({ event: 'consent_proof.removed' }))
      const request = await system.api.staff('POST', '/v1/ops/access-requests', { body: query })
      expect(request.body).toMatchObject({ proofs: [], removed: [leadId] })
    }
  })

  it('records who read it, and needs a purpose and a key that may write', async () => {
    const { system } = await createErasedLead()
    await find(system, { email: ada.email })
    const [proof] = await find(system, { email: ada.email })
    expect(proof?.views).toMatchObject([{ purpose, name: 'key 1' }])
    expect((await post(system, { email: ada.email })).status).toBe(422)
    const { key } = await system.api.createApiKey({ caller: 'operator' }, 'read')
    const headers = { authorization: `Bearer ${key}` }
    expect((await post(system, { email: ada.email, purpose }, headers)).status).toBe(403)
    const { items } = await system.api.engine.query({ in: 'leads', pk: 'AUDIT#2026-11-23', limit: 100 })
    const text = JSON.stringify(items.filter(({ action }) => action === 'consent-proof.read'))
    expect(text.split('consent-proof.read')).toHaveLength(3)
    expect(text).not.toMatch(/ada1/)
  })
})

async function createErasedLead() {
  const system = await createTestSystem()
  const { leadId } = await submitTestLead(system)
  await erase(system)
  return { system, leadId }
}

function erase({ api }: TestSystem) {
  return api.staff('POST', '/v1/ops/erasures', { body: { email: ada.email } })
}

function post({ api }: TestSystem, body: object, headers: { [name: string]: string } = {}) {
  return api.staff('POST', '/v1/ops/consent-proofs', { body, headers })
}

async function find(system: TestSystem, query: object) {
  const { body } = await post(system, { ...query, purpose })
  return findConsentProofs.responses[200].body.parse(body).proofs
}
