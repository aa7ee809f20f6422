import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { formatTimeline } from '#cli/ops/capture/format-timeline.ts'
import type { leadTimeline } from '#shared/contract/capture/leads.ts'

type TimelineLead = z.output<typeof leadTimeline>
const at = '2026-11-23T15:04:05.000Z'

describe('formatTimeline', () => {
  it('prints a heading for each part and leaves out empty parts', () => {
    expect(headings(createTimeline())).toEqual(['Request', 'Consent'])
    const fullTimeline = createTimeline({
      quarantine: 'held',
      abuse: { verdict: 'suspicious', score: 100, reasons: ['HONEYPOT'] },
      reveals: [{ at, keyId: 'key_1', name: 'Ada', purpose: 'A call.' }],
    })
    expect(headings(fullTimeline)).toEqual([
      ...headings(createTimeline()),
      'Bot detection',
      'Contact details viewed by',
    ])
    expect(formatTimeline(fullTimeline)).toContain('  suspicious, 100: HONEYPOT\n  quarantine: held')
  })

  it('prints the reason of each verdict, with the detail of a custom rule', () => {
    const refusedVerdict = { campaignId: 'b', schoolId: 'b', selected: false }
    const verdicts = [
      { campaignId: 'a', schoolId: 'a', selected: true, rank: 1, priceCents: 4500, exclusive: true },
      { ...refusedVerdict, reason: 'STATE' },
      { ...refusedVerdict, reason: 'CAP_DAY', until: at, parked: true },
      { ...refusedVerdict, reason: 'NO_EVENINGS', detail: 'Days only.', also: ['CAP_DAY', 'CREDIT_LIMIT'] },
    ]
    const lines = formatTimeline(
      createTimeline({ decisions: [{ rulesVersion: '1', decidedAt: at, seed: 's', verdicts }] }),
    ).split('\n')
    const verdictLines = lines
      .filter((line) => /^ +[-1] /.test(line))
      .map((line) => line.trim().replaceAll(/ {2,}/g, ' '))
    expect(verdictLines).toEqual([
      '1 a selected for $45.00, exclusive',
      '- b STATE: No program of the campaign is offered in the visitor’s state.',
      `- b CAP_DAY: The daily cap is reached. Until ${at}, parked until then.`,
      '- b NO_EVENINGS: Days only. Also: CAP_DAY, CREDIT_LIMIT.',
    ])
  })

  it('prints what a publisher claims, what its text lacks, and which schools the visitor unchecked', () => {
    const { consent } = createTimeline()
    if (!consent) throw new Error('The timeline has no consent.')
    const textGaps = { elements: ['automated' as const], schoolIds: ['b'] }
    const claimed = { ...consent, uncheckedSchoolIds: ['c'], textGaps, claimedBy: 'publisher' as const }
    const text = formatTimeline(createTimeline({ consent: claimed }))
    expect(text).toContain('unchecked: c')
    expect(text).toContain('missing in the text: automated, b')
    expect(text).toContain('text, IP address and browser stated by: publisher')
    expect(formatTimeline(createTimeline())).not.toMatch(/unchecked|missing in the text|stated by/)
  })

  it('removes control characters and line breaks from the response of a school', () => {
    const hostile = 'no\u001b[2J\r\nlead_1, accepted\u202e'
    const text = formatTimeline(createTimeline({ deliveries: [createTimelineDelivery(hostile)] }))
    expect(text).toContain('1  2026-11-23T15:04:05.000Z  webhook, 500, retry')
    expect(text).toContain('the school: contacted: no [2J lead_1, accepted')
    expect(text.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\u202e]*$/u)
    expect(text.split('\n').filter((line) => line.startsWith('lead_1'))).toHaveLength(1)
  })
})

const headings = (timeline: TimelineLead) =>
  formatTimeline(timeline)
    .split('\n')
    .slice(1)
    .filter((line) => /^\S/.test(line))

function createTimeline(overrides: Partial<TimelineLead> = {}): TimelineLead {
  const url = 'https://careers.example/'
  const disclosure = { version: '1', sha256: 'a'.repeat(64), text: 'I agree.', schoolIds: ['a', 'b'] }
  return {
    leadId: 'lead_1',
    receivedAt: at,
    outcome: 'accepted',
    careerSlug: 'cancer-registrar',
    state: 'TX',
    sourceId: 'page',
    test: false,
    education: { highestLevel: 'ged' },
    contact: { firstName: 'A…', lastName: 'E…', email: 'a…@mail.example', phone: '…01', zip: '78701' },
    page: { url },
    consent: { grantedAt: at, disclosure, schoolIds: ['a'], page: { url } },
    reveals: [],
    withdrawals: [],
    decisions: [],
    deliveries: [],
    ...overrides,
  }
}

function createTimelineDelivery(answer: string): TimelineLead['deliveries'][number] {
  const ids = { deliveryId: 'dlv_1', leadId: 'lead_1', schoolId: 'a', campaignId: 'c', programId: 'p' }
  const counts = { attempts: 1, countedFailures: 1, uncertain: false, replays: 0, priceCents: 4500 }
  const attempt = { attemptId: 'att_1', deliveryId: 'dlv_1', number: 1, startedAt: at, endedAt: at } as const
  const dispositionFields = {
    dispositionId: 'dsp_1',
    deliveryId: 'dlv_1',
    disposition: 'contacted',
    at,
    recordedAt: at,
  } as const
  return {
    ...ids,
    ...counts,
    schoolName: 'A',
    state: 'pending',
    createdAt: at,
    dueAt: at,
    test: false,
    attemptLog: [{ ...attempt, kind: 'webhook', stage: 'answered', outcome: 'retry', status: 500, response: answer }],
    dispositions: [{ ...dispositionFields, note: answer }],
  }
}
