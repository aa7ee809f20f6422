import { describe, expect, it } from 'vitest'
import { aSchool, putRecord } from '#test/functions/create-test-system.ts'
import {
  addSchool,
  buildCampaign,
  createTestMarket,
  deliverDue,
  explainVerdicts,
  getReceiptSchoolIds,
  readVerdicts,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'

const day = (limit: number, more: object = {}) => ({ period: 'day', limit, ...more })
const month = (limit: number, more: object = {}) => ({ period: 'month', limit, ...more })

async function createFullCampaign() {
  const system = await createTestMarket({ alder: { campaign: { caps: [day(2), month(2)] } } })
  await visit(system, 1)
  await visit(system, 2)
  const edit = (fields: object) =>
    putRecord(system.api, 'campaigns', 'alder', buildCampaign('alder', { priority: 1, ...fields }))
  const changeTimeZone = (timeZone: string) =>
    putRecord(system.api, 'schools', 'alder', aSchool({ name: 'Alder College', timeZone }))
  const takesLead = async (number: number) => getReceiptSchoolIds(await visit(system, number)).length === 1
  return { system, edit, changeTimeZone, takesLead }
}

describe('a full cap', () => {
  it.each(['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu', 'Asia/Tokyo'])(
    'stays full when its school moves to %s',
    async (timeZone) => {
      const { changeTimeZone, takesLead } = await createFullCampaign()
      await changeTimeZone(timeZone)
      expect(await takesLead(3)).toBe(false)
      await changeTimeZone('America/Chicago')
      expect(await takesLead(4)).toBe(false)
    },
  )

  it('of a day takes leads again on the next day of the new time zone', async () => {
    const { system, edit, changeTimeZone, takesLead } = await createFullCampaign()
    await edit({ caps: [day(2)] })
    await changeTimeZone('America/New_York')
    // Until both midnights have passed, the day that was running counts.
    system.api.clock.now = new Date('2026-11-24T05:59:00.000Z')
    expect(await takesLead(3)).toBe(false)
    system.api.clock.now = new Date('2026-11-24T06:00:00.000Z')
    expect([await takesLead(4), await takesLead(5), await takesLead(6)]).toEqual([true, true, false])
  })

  it.each([
    ['gets another id', [day(2, { id: 'renamed' }), month(2, { id: 'also' })]],
    ['changes places', [month(2), day(2)]],
    ['acts in another way', [day(2, { onReached: 'park' }), month(2)]],
  ])('stays full when it %s', async (_, caps) => {
    const { edit, takesLead } = await createFullCampaign()
    await edit({ caps })
    expect(await takesLead(3)).toBe(false)
  })

  it('counts on while it is removed', async () => {
    const { edit, takesLead } = await createFullCampaign()
    await edit({ caps: [] })
    expect(await takesLead(3)).toBe(true)
    await edit({ caps: [day(4)] })
    expect([await takesLead(4), await takesLead(5)]).toEqual([true, false])
  })

  it('of a school stays full when its school moves and its id changes', async () => {
    const system = await createTestMarket({ alder: { school: { caps: [day(1)] } } })
    await visit(system, 1)
    const caps = [day(1, { id: 'all-campaigns' })]
    await putRecord(
      system.api,
      'schools',
      'alder',
      aSchool({ name: 'Alder College', timeZone: 'America/Denver', caps }),
    )
    expect(await explainVerdicts(system)).toEqual({ alder: 'CAP_DAY' })
  })
})

it('a rejected lead frees the cap that counts now, after the cap got another id and the school another time zone', async () => {
  const { system, edit, changeTimeZone, takesLead } = await createFullCampaign()
  await edit({ caps: [day(2, { id: 'renamed' })] })
  await changeTimeZone('America/New_York')
  setRejectingSchools(system, 'alder')
  await deliverDue(system)
  expect([await takesLead(3), await takesLead(4), await takesLead(5)]).toEqual([true, true, false])
})

describe('the credit of a school', () => {
  it('is shown with what is left of it, and says why no lead comes once it is used up', async () => {
    const system = await createTestMarket({ alder: { school: { creditCents: 10_000, caps: [month(9)] } }, birch: {} })
    const authorization = `Bearer ${await system.api.schoolKey('alder')}`
    const read = async () => (await system.api.call('GET', '/v1/school', { headers: { authorization } })).body
    expect(await read()).toMatchObject({ credit: { limitCents: 10_000, usedCents: 0, leftCents: 10_000 } })
    await visit(system, 1)
    await visit(system, 2)
    expect(await read()).toMatchObject({
      credit: { limitCents: 10_000, usedCents: 9000, leftCents: 1000 },
      capUsage: [{ period: 'month', limit: 9, used: 2, by: 'contract', counts: true }],
    })
    const { receipt } = await visit(system, 3)
    expect(await readVerdicts(system, receipt.leadId)).toMatchObject({ birch: 'taken' })
    expect(await explainVerdicts(system)).toMatchObject({ alder: 'CREDIT_LIMIT' })
    const { body } = await system.api.staff('GET', '/v1/ops/caps')
    expect(body).toMatchObject({
      schools: [
        { schoolId: 'alder', credit: { limitCents: 10_000, usedCents: 9000, leftCents: 1000 }, caps: [{ used: 2 }] },
        { schoolId: 'birch', caps: [] },
      ],
    })
    await putRecord(system.api, 'schools', 'alder', aSchool({ name: 'Alder College', creditCents: 20_000 }))
    expect(await explainVerdicts(system)).toMatchObject({ alder: 'taken' })
    expect(await read()).toMatchObject({ credit: { leftCents: 11_000 } })
  })

  it('is absent without a limit', async () => {
    const system = await createTestMarket({ alder: {} })
    const authorization = `Bearer ${await system.api.schoolKey('alder')}`
    const { body } = await system.api.call('GET', '/v1/school', { headers: { authorization } })
    expect(body).not.toHaveProperty('credit')
  })
})

it('a campaign and a school that are created under the ID of deleted ones inherit no counter', async () => {
  const caps = [{ period: 'total', limit: 1 }]
  const system = await createTestMarket({ alder: { school: { creditCents: 4500 }, campaign: { caps } } })
  await visit(system, 1)
  expect(await explainVerdicts(system)).toEqual({ alder: 'CAP_TOTAL' })
  const remove = (path: string) => system.api.staff('DELETE', `/v1/ops/${path}`, { headers: { 'if-match': '*' } })
  await remove('campaigns/alder')
  await remove('programs/alder-program')
  await remove('schools/alder')
  await addSchool(system, 'alder', { school: { creditCents: 4500 }, campaign: { caps } })
  expect(await explainVerdicts(system)).toEqual({ alder: 'taken' })
  await visit(system, 2)
  expect(await explainVerdicts(system)).toEqual({ alder: 'CAP_TOTAL' })
})
