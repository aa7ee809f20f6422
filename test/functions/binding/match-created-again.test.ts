import { describe, expect, it } from 'vitest'
import {
  aCareer,
  aLead,
  aProgram,
  career,
  createServerHeaders,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { buildCampaign, createTestMarket, deliverDue } from '#test/functions/routing/create-test-market.ts'
import { readStory } from '#test/functions/withdrawal/withdrawal-fixture.ts'
import { alphaSchool, deleteCampaign, deleteSchool, recreateSchool } from './record-edits.ts'

const createMarket = () => createTestMarket({ alpha: { school: alphaSchool } })
const remove = async ({ api }: TestSystem, path: string) =>
  expect([path, (await api.staff('DELETE', `/v1/ops/${path}`)).status]).toEqual([path, 204])

/** What is deleted and created again between the match and the lead, and what the lead then leads to. */
const recreations: {
  [kind: string]: { recreate: (system: TestSystem) => Promise<unknown>; reason: string; detail: string }
} = {
  school: {
    recreate: async (system) => {
      await deleteSchool(system)
      await recreateSchool(system, alphaSchool)
    },
    // Its program was deleted before it.
    reason: 'PROGRAM',
    detail: 'does not promote the requested program',
  },
  program: {
    recreate: async (system) => {
      await deleteCampaign(system)
      await remove(system, 'programs/alpha-program')
      await putRecord(system.api, 'programs', 'alpha-program', aProgram({ schoolId: 'alpha', name: 'Welding' }))
      await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha'))
    },
    reason: 'PROGRAM',
    detail: 'does not promote the requested program',
  },
  career: {
    recreate: async (system) => {
      await deleteCampaign(system)
      await remove(system, 'programs/alpha-program')
      await recreateCareer(system)
    },
    reason: 'PROGRAM',
    detail: 'does not promote the requested program',
  },
  'career of the same program': {
    recreate: async (system) => {
      await putRecord(system.api, 'careers', 'welder', aCareer())
      await putRecord(system.api, 'programs', 'alpha-program', aProgram({ schoolId: 'alpha', careerSlugs: ['welder'] }))
      await recreateCareer(system)
    },
    reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
    detail: 'The career was deleted after the consent',
  },
}

async function recreateCareer(system: TestSystem) {
  await remove(system, `careers/${career}`)
  await putRecord(system.api, 'careers', career, aCareer())
  await putRecord(system.api, 'programs', 'alpha-program', aProgram({ schoolId: 'alpha' }))
  await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha'))
}

async function readVerdicts(system: TestSystem, leadId: string) {
  const { decisions } = await readStory(system, leadId)
  return decisions.at(-1)?.verdicts
}

describe('a matchId', () => {
  it('sells the lead if nothing is deleted', async () => {
    const system = await createMarket()
    const match = await requestMatch(system, { programId: 'alpha-program' })
    const { body } = await postLead(system, aLead(match), await createServerHeaders(system))
    expect(body).toMatchObject({ outcome: 'accepted', schools: [{ schoolId: 'alpha' }] })
  })

  it.each(Object.entries(recreations))(
    'sends no lead to what a later record offers: %s',
    async (_, { recreate, ...verdict }) => {
      const system = await createMarket()
      const match = await requestMatch(system, { programId: 'alpha-program' })
      await recreate(system)
      const headers = await createServerHeaders(system)
      const { body } = await postLead(system, aLead(match), headers)
      expect(body).toMatchObject({ outcome: 'unmatched', schools: [] })
      expect(await readVerdicts(system, (body as { leadId: string }).leadId)).toMatchObject([
        { reason: verdict.reason, detail: expect.stringContaining(verdict.detail) },
      ])
      await deliverDue(system)
      expect(system.api.webhooks.requests).toEqual([])
      // Control: a match of now sells.
      const now = await postLead(
        system,
        aLead(await requestMatch(system, { programId: 'alpha-program' }), 2),
        await createServerHeaders(system),
      )
      expect(now.body).toMatchObject({ outcome: 'accepted', schools: [{ schoolId: 'alpha' }] })
    },
  )

  it.each(Object.entries(recreations).filter(([kind]) => kind !== 'school'))(
    'sends no stored lead to what a later record offers, when it is offered again: %s',
    async (_, { recreate }) => {
      const system = await createMarket()
      const match = await requestMatch(system, { programId: 'alpha-program' })
      await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha', { status: 'paused' }))
      const headers = await createServerHeaders(system)
      const { body } = await postLead(system, aLead(match), headers)
      expect(body).toMatchObject({ outcome: 'unmatched' })
      await recreate(system)
      await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha'))
      system.api.advanceClock(25 * 3600)
      await system.api.offer()
      await deliverDue(system)
      expect((await readStory(system, (body as { leadId: string }).leadId)).decisions).toHaveLength(2)
      expect(system.api.webhooks.requests).toEqual([])
    },
  )

  it('says nothing of a later campaign with the ID of one that the match refused', async () => {
    const rules = { field: 'age', op: 'at-least', value: 90, reason: 'TOO_YOUNG' }
    const system = await createTestMarket({ alpha: { school: alphaSchool, campaign: { rules } } })
    const match = await requestMatch(system)
    const headers = await createServerHeaders(system)
    const before = await postLead(system, aLead(match), headers)
    expect(await readVerdicts(system, (before.body as { leadId: string }).leadId)).toMatchObject([
      { reason: 'TOO_YOUNG' },
    ])
    await deleteCampaign(system)
    await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha'))
    const after = await postLead(system, aLead(match, 2), headers)
    expect(await readVerdicts(system, (after.body as { leadId: string }).leadId)).toMatchObject([
      {
        reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
        detail: expect.stringContaining('was no candidate when the visitor was matched'),
      },
    ])
  })

  it('sells the lead once through a campaign that was created again, because the text named the school', async () => {
    const system = await createMarket()
    const match = await requestMatch(system)
    await deleteCampaign(system)
    await putRecord(system.api, 'campaigns', 'alpha', buildCampaign('alpha', { priceCents: 700 }))
    const { body } = await postLead(system, aLead(match), await createServerHeaders(system))
    expect(body).toMatchObject({ outcome: 'accepted', schools: [{ schoolId: 'alpha' }] })
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
  })

  it('is refused from a source that was created again, with its key or with its server’s', async () => {
    const system = await createMarket()
    const match = await requestMatch(system)
    await remove(system, 'sources/landing')
    const again = await putRecord(system.api, 'sources', 'landing', { name: 'Another publisher', mode: 'live' })
    const later = { ...system, sourceKey: parseKey(again.body) }
    for (const headers of [{}, await createServerHeaders(later)]) {
      const response = await postLead(later, aLead(match), headers)
      expect(response.status).toBe(422)
      expect(response.body).toMatchObject({
        code: 'MATCH_INVALID',
        errors: [{ pointer: '/matchId', detail: expect.stringContaining('The source of this matchId was deleted') }],
      })
    }
    // Control: its own match sells, also after the record was edited.
    const own = await requestMatch(later)
    await putRecord(system.api, 'sources', 'landing', { name: 'A new name', mode: 'live' })
    const { body } = await postLead(later, aLead(own), await createServerHeaders(later))
    expect(body).toMatchObject({ outcome: 'accepted' })
  })

  it('may be requested without a key', async () => {
    const system = await createMarket()
    const match = await requestMatch({ ...system, sourceKey: '' })
    expect((await postLead(system, aLead(match), await createServerHeaders(system))).body).toMatchObject({
      outcome: 'accepted',
    })
  })
})

describe('a matchId without a program', () => {
  it('names no school that was created again', async () => {
    const system = await createMarket()
    const match = await requestMatch(system)
    await deleteSchool(system)
    await recreateSchool(system, alphaSchool)
    const { body } = await postLead(system, aLead(match), await createServerHeaders(system))
    expect(await readVerdicts(system, (body as { leadId: string }).leadId)).toMatchObject([
      { reason: 'SCHOOL_NOT_NAMED_IN_CONSENT', detail: expect.stringContaining('deleted after the consent') },
    ])
  })
})

describe('a form token', () => {
  it('is forged to a source that was created again', async () => {
    const system = await createTestMarket({ alpha: {} }, { source: { abuse: 'enforce' } })
    const { formToken } = await requestMatch(system)
    system.api.advanceClock(30)
    await remove(system, 'sources/landing')
    const again = await putRecord(system.api, 'sources', 'landing', { name: 'Another', mode: 'live', abuse: 'observe' })
    const later = { ...system, sourceKey: parseKey(again.body) }
    const match = await requestMatch(later)
    system.api.advanceClock(30)
    const read = async (token: string, number: number) => {
      const { body } = await postLead(later, aLead(match, number, { formToken: token }))
      return readStory(later, (body as { leadId: string }).leadId)
    }
    expect(await read(formToken, 1)).toMatchObject({
      abuse: { reasons: expect.arrayContaining(['FORM_TOKEN_FORGED']) },
    })
    expect(await read(match.formToken, 2)).toMatchObject({
      abuse: { reasons: expect.not.arrayContaining(['FORM_TOKEN_FORGED']) },
    })
  })
})
