import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import type { Verdict } from '#shared/domain/routing/decision.ts'
import { type Reason, reasons } from '#shared/domain/routing/reasons.ts'
import {
  aCampaign,
  aLead,
  aPerson,
  aProgram,
  aSchool,
  bayShoreCampaign,
  career,
  createTestSystem,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { responses } from '../routing/create-test-market.ts'

type Fields = { [field: string]: unknown }
/** The school Bay Shore is changed before the match, or between match and lead; then a visitor matches and sends a lead. */
type Road = {
  reason: Reason
  campaign?: Fields
  school?: Fields
  program?: Fields
  source?: Fields
  visitor?: Fields
  /** Fields of the lead that differ from those of the match. */
  lead?: Fields
  /** Runs before the match. */
  before?: (system: TestSystem) => Promise<unknown>
  /** Runs between match and lead. */
  between?: (system: TestSystem) => Promise<unknown>
  /** Runs after the lead. */
  after?: (system: TestSystem) => Promise<unknown>
}
const rule = (field: string, op: string, value: unknown) => ({ rules: { field, op, value } })
const oneLeadPer = (period: string) => ({ caps: [{ period, limit: 1 }] })
const sendOne = async (system: TestSystem) => postLead(system, aLead(await requestMatch(system), 900))
const license = { id: 'license', label: 'Do you hold a license?', kind: 'yes-no', required: true }
const needsYes = { ...license, rules: { field: 'answers.license', op: 'equals', value: true } }
const yesterdayOnly = { hours: { open: [{ days: ['sunday'], from: '09:00', to: '10:00' }], outside: 'skip' } }
const ownText = (text: string) => ({
  matchId: undefined,
  careerSlug: career,
  consent: { granted: true, text, schoolsNamed: ['tall-grass', 'bay-shore'] },
})

const roads: readonly Road[] = [
  { reason: 'CONSENT_TEXT_INCOMPLETE', lead: ownText('I agree that Bay Shore Institute may call me.') },
  { reason: 'CAMPAIGN_INACTIVE', campaign: { status: 'paused' } },
  { reason: 'SCHOOL_INACTIVE', school: { status: 'paused' } },
  {
    reason: 'SCHOOL_REJECTED',
    campaign: { endpoint: { kind: 'webhook', url: 'https://bay-shore.example/leads', responses } },
    after: async ({ api }) => {
      const delivery = api.queue.pointers.find(({ schoolId }) => schoolId === 'bay-shore')
      api.webhooks.respond = () => webhookResponse(200, '{"outcome":"failure"}')
      await api.deliver(delivery?.deliveryId ?? '')
      api.advanceClock(60)
      await api.offer()
    },
  },
  { reason: 'PROGRAM', visitor: { programId: 'tall-grass-hit' } },
  { reason: 'STATE', campaign: rule('state', 'equals', 'OH') },
  { reason: 'ZIP', campaign: rule('contact.zip', 'prefix', '1') },
  { reason: 'AGE', campaign: rule('age', 'at-least', 30), visitor: { age: 20 } },
  { reason: 'EDUCATION_LEVEL', campaign: rule('education.highestLevel', 'at-least', 'bachelor') },
  {
    reason: 'START_WINDOW',
    campaign: rule('startWindow', 'at-most', '1-3-months'),
    visitor: { startWindow: 'over-a-year' },
  },
  { reason: 'MODALITY', program: { modality: 'campus' }, visitor: { modality: 'online' } },
  { reason: 'MILITARY', campaign: rule('military', 'equals', true), visitor: { military: false } },
  { reason: 'GPA', campaign: rule('gpa', 'at-least', 3), visitor: { gpa: 2 } },
  { reason: 'QUESTION', program: { questions: [needsYes] }, visitor: { answers: { license: false } } },
  { reason: 'CERTIFICATE', campaign: { certificate: 'present' } },
  { reason: 'CUSTOM_RULE', campaign: { rules: { not: { field: 'state', op: 'equals', value: 'TX' } } } },
  { reason: 'SOURCE_RULE', source: { ...rule('state', 'equals', 'OH') } },
  { reason: 'SUPPRESSED', between: withdraw },
  { reason: 'DUPLICATE', source: { duplicates: { keys: 'any' } }, before: async (system) => sendPerson(system, 1) },
  { reason: 'DUPLICATE_SCHOOL', before: async (system) => sendPerson(system, 1) },
  { reason: 'OUTSIDE_HOURS', campaign: yesterdayOnly },
  ...(['hour', 'day', 'week', 'month', 'total'] as const).map((period) => ({
    reason: `CAP_${period.toUpperCase()}` as 'CAP_DAY',
    campaign: oneLeadPer(period),
    before: sendOne,
  })),
  { reason: 'CAP_SPEND', campaign: { caps: [{ period: 'day', unit: 'cents', limit: 5000 }] }, before: sendOne },
  { reason: 'CREDIT_LIMIT', school: { creditCents: 5000 }, before: sendOne },
  {
    reason: 'OUTRANKED',
    before: ({ api }) => putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, sharing: 'exclusive' })),
  },
  { reason: 'MAX_SALES_REACHED', source: { maxSales: 1 } },
  { reason: 'SCHOOL_NOT_NAMED_IN_CONSENT', lead: { schoolIds: ['tall-grass'] } },
]

describe('each reason, by the road of every lead: match, then lead', () => {
  it.each(roads)('shows $reason', async (road) => {
    const verdict = await travel(road)
    expect(verdict).toMatchObject({ selected: false, reason: road.reason })
    expect(verdict.detail).toMatch(/^\S.{5,}\S$/)
  })

  it('has a road for every published reason, and detects one without', () => {
    const covered = new Set<string>(roads.map(({ reason }) => reason))
    const findUncovered = (codes: readonly string[]) => codes.filter((code) => !covered.has(code))
    expect(findUncovered(Object.keys(reasons))).toEqual([])
    expect(findUncovered([...Object.keys(reasons), 'NEVER_SHOWN'])).toEqual(['NEVER_SHOWN'])
  })
})

describe('what the match refused', () => {
  it('is the reason when a cap that was full at the match has room when the lead comes', async () => {
    const verdict = await travel({
      reason: 'CAP_HOUR',
      campaign: oneLeadPer('hour'),
      before: sendOne,
      between: async ({ api }) => api.advanceClock(3700),
    })
    expect(verdict).toMatchObject({ reason: 'CAP_HOUR', also: ['SCHOOL_NOT_NAMED_IN_CONSENT'] })
    expect(verdict.detail).toContain('when the visitor was matched')
    expect(verdict).not.toHaveProperty('until')
    expect(verdict).not.toHaveProperty('parked')
  })

  it('stays the reason, with what has come since, when staff pause the school', async () => {
    const verdict = await travel({
      reason: 'GPA',
      campaign: rule('gpa', 'at-least', 3),
      visitor: { gpa: 2 },
      between: ({ api }) => putBayShore(api, { status: 'paused' }),
    })
    expect(verdict).toMatchObject({
      reason: 'SCHOOL_INACTIVE',
      also: ['GPA', 'SCHOOL_NOT_NAMED_IN_CONSENT'],
    })
  })

  it('is sealed in the matchId, so that no visitor reads which school has no credit', async () => {
    const system = await createTestSystem()
    await putBayShore(system.api, { creditCents: 0 })
    const { matchId } = await requestMatch(system)
    const payload = Buffer.from(matchId.split('.')[1] ?? '', 'base64url').toString()
    expect(payload).not.toMatch(/CREDIT|bay-shore/)
  })

  it('leaves the matchId under 4 kB with hundreds of full campaigns', async () => {
    const system = await createTestSystem()
    for (let index = 0; index < 300; index++)
      await putRecord(
        system.api,
        'campaigns',
        `full-${index}`,
        bayShoreCampaign({ caps: [{ period: 'day', limit: 0 }] }),
      )
    expect((await requestMatch(system)).matchId.length).toBeLessThan(4096)
  })
})

describe('a school that the consent text does not name', () => {
  it.each([
    ['was unchecked by the visitor', { lead: { schoolIds: ['tall-grass'] } }, 'unchecked'],
    [
      'got its campaign after the match',
      {
        before: ({ api }: TestSystem) => api.staff('DELETE', '/v1/ops/campaigns/bay-shore-tx'),
        between: ({ api }: TestSystem) => putRecord(api, 'campaigns', 'bay-shore-tx', bayShoreCampaign()),
      },
      'was no candidate when the visitor was matched',
    ],
    [
      'was paused at the match and is active again',
      {
        school: { status: 'paused' },
        between: ({ api }: TestSystem) => putBayShore(api, { status: 'active' }),
      },
      'was paused when the visitor was matched',
    ],
    [
      'has another legal name since the match',
      { between: ({ api }: TestSystem) => putBayShore(api, { legalName: 'Omega Debt Buyers LLC' }) },
      'its legal name is now “Omega Debt Buyers LLC”',
    ],
  ])('says so if it %s', async (_, road, sentence) => {
    const verdict = await travel({ reason: 'SCHOOL_NOT_NAMED_IN_CONSENT', ...road })
    expect(verdict).toMatchObject({ selected: false, reason: 'SCHOOL_NOT_NAMED_IN_CONSENT' })
    expect(verdict.detail).toContain(sentence)
  })

  it('is not refused because questions that it did not ask have no answer', async () => {
    const verdict = await travel({
      reason: 'SCHOOL_NOT_NAMED_IN_CONSENT',
      program: { questions: [license] },
      lead: { schoolIds: ['tall-grass'] },
    })
    expect(verdict).not.toHaveProperty('also')
  })
})

async function travel({
  campaign,
  school,
  program,
  source,
  visitor,
  lead,
  before,
  between,
  after,
}: Road): Promise<Verdict> {
  const system = await createTestSystem()
  const { api } = system
  if (school) await putBayShore(api, school)
  if (program)
    await putRecord(api, 'programs', 'bay-shore-hit', aProgram({ schoolId: 'bay-shore', rank: 2, ...program }))
  if (campaign) await putRecord(api, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ priority: 2, ...campaign }))
  if (source) await putRecord(api, 'sources', 'landing', { name: 'Landing page', mode: 'live', ...source })
  await before?.(system)
  const match = await requestMatch(system, visitor)
  await between?.(system)
  const { careerSlug: _, zip: __, programId: ___, ...profile } = { careerSlug: '', zip: '', programId: '', ...visitor }
  const server =
    lead && 'careerSlug' in lead
      ? await api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')
      : undefined
  const headers = server && { 'x-source-key': undefined, authorization: `Bearer ${server.key}` }
  const { body } = await postLead(system, aLead(match, 1, { ...profile, ...lead }), headers)
  const { leadId } = leadReceipt.parse(body)
  await after?.(system)
  const { decisions } = leadTimeline.parse(await readLead(system, leadId))
  const verdict = decisions.at(-1)?.verdicts.find(({ campaignId }) => campaignId === 'bay-shore-tx')
  if (!verdict) throw new Error('Bay Shore has no verdict.')
  return verdict
}

function putBayShore(api: TestSystem['api'], fields: Fields) {
  return putRecord(api, 'schools', 'bay-shore', aSchool({ name: 'Bay Shore Institute', ...fields }))
}

async function sendPerson(system: TestSystem, number: number) {
  return postLead(system, aLead(await requestMatch(system), number), { 'idempotency-key': 'earlier' })
}

async function withdraw({ api, sourceKey }: TestSystem) {
  const { email } = aPerson(1)
  return api.call('POST', '/v1/consents/withdrawals', { headers: { 'x-source-key': sourceKey }, body: { email } })
}
