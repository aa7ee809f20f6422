import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'
import {
  aCampaign,
  aLead,
  aProgram,
  aSchool,
  createTestSystem,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

/** The market of the test system with a third school, whose legal name is another than its name. */
async function createThreeSchools() {
  const system = await createTestSystem()
  await putRecord(system.api, 'schools', 'elm', aSchool({ name: 'Elm School', legalName: 'Elm Holdings, LLC' }))
  await putRecord(system.api, 'programs', 'elm-hit', aProgram({ schoolId: 'elm', rank: 3 }))
  await putRecord(
    system.api,
    'campaigns',
    'elm-tx',
    aCampaign({ schoolId: 'elm', programIds: ['elm-hit'], priority: 3 }),
  )
  return { system, match: await requestMatch(system) }
}

async function readTimeline(system: TestSystem, body: unknown) {
  return leadTimeline.parse(await readLead(system, leadReceipt.parse(body).leadId))
}

describe('the consent of a visitor who unchecks schools', () => {
  it.each([
    [['tall-grass'], 'that Tall Grass College may contact me'],
    [['elm'], 'that Elm Holdings, LLC may contact me'],
    [['tall-grass', 'elm'], 'that Tall Grass College and Elm Holdings, LLC may contact me'],
    [['tall-grass', 'bay-shore', 'elm'], 'that Tall Grass College, Bay Shore Institute, and Elm Holdings, LLC may'],
  ])('is stored with the text that names exactly %j', async (schoolIds, phrase) => {
    const { system, match } = await createThreeSchools()
    const { body } = await postLead(system, aLead(match, 1, { schoolIds }))
    const { consent } = await readTimeline(system, body)
    const text = renderConsentText(match, schoolIds)
    expect(text).toContain(phrase)
    expect(consent).toMatchObject({ schoolIds, disclosure: { text, sha256: sha256(text), schoolIds } })
    expect(leadReceipt.parse(body).schools.map(({ schoolId }) => schoolId)).toEqual(schoolIds)
  })

  it('says which schools were unchecked, and which legal names the text had', async () => {
    const { system, match } = await createThreeSchools()
    const { body } = await postLead(system, aLead(match, 1, { schoolIds: ['elm'] }))
    const { consent } = await readTimeline(system, body)
    expect(consent?.uncheckedSchoolIds).toEqual(['tall-grass', 'bay-shore'])
    expect(consent?.disclosure.legalNames).toEqual({ elm: 'Elm Holdings, LLC' })
    const all = await readTimeline(system, (await postLead(system, aLead(match, 2))).body)
    expect(all.consent).not.toHaveProperty('uncheckedSchoolIds')
  })

  it('reaches the school as the text that names it, and no school that was unchecked', async () => {
    const { system, match } = await createThreeSchools()
    const { body } = await postLead(system, aLead(match, 1, { schoolIds: ['tall-grass'] }))
    await system.api.deliver(leadReceipt.parse(body).schools[0]?.deliveryId ?? '')
    const webhookBody = JSON.parse(String(system.api.webhooks.requests[0]?.body))
    expect(webhookBody.data.consent.text).toBe(renderConsentText(match, ['tall-grass']))
    expect(webhookBody.data.consent.text).not.toMatch(/Elm|Bay Shore/)
  })

  it.each([
    ['in another order', ['elm', 'tall-grass']],
    ['with a repeated school', ['tall-grass', 'elm', 'tall-grass']],
  ])('is to the text in the order of the match, %s', async (_, schoolIds) => {
    const { system, match } = await createThreeSchools()
    const { body } = await postLead(system, aLead(match, 1, { schoolIds }))
    expect((await readTimeline(system, body)).consent?.schoolIds).toEqual(['tall-grass', 'elm'])
  })

  it.each([
    ['all schools with some of them', ['tall-grass'], undefined],
    ['some schools with other ones', ['tall-grass'], ['elm']],
    ['some schools with all of them', undefined, ['elm']],
  ])('is refused when the text names %s', async (_, schoolIds, textIds) => {
    const { system, match } = await createThreeSchools()
    const consent = { granted: true, sha256: sha256(renderConsentText(match, textIds)) }
    const lead = aLead(match, 1, { ...(schoolIds && { schoolIds }), consent })
    const { status, body } = await postLead(system, lead)
    expect([status, body]).toMatchObject([
      422,
      { code: 'CONSENT_MISMATCH', errors: [{ pointer: '/consent/sha256', code: 'consent_mismatch' }] },
    ])
  })

  it('is refused without any school, with a sentence that says what to send', async () => {
    const { system, match } = await createThreeSchools()
    const { status, body } = await postLead(system, aLead(match, 1, { schoolIds: [] }))
    expect([status, body]).toMatchObject([
      422,
      {
        errors: [{ pointer: '/schoolIds', code: 'too_small', detail: expect.stringContaining('at least one school') }],
      },
    ])
  })
})
