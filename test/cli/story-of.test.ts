import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { storyOf } from '#cli/ops/capture/story-of.ts'
import type { leadStory } from '#shared/contract/operator.ts'

type Story = z.output<typeof leadStory>
const at = '2026-11-23T15:04:05.000Z'

describe('the story of a lead', () => {
  it('is told under headings, and leaves out what has not happened', () => {
    expect(headings(aStory())).toEqual(['What came', 'What the visitor agreed to'])
    const more = aStory({
      quarantine: 'held',
      abuse: { verdict: 'suspicious', score: 100, reasons: ['HONEYPOT'] },
      reveals: [{ at, keyId: 'key_1', name: 'Ada', purpose: 'A call.' }],
    })
    expect(headings(more)).toEqual([...headings(aStory()), 'Person or program', 'Who looked at what is masked'])
    expect(storyOf(more)).toContain('  suspicious, 100: HONEYPOT\n  quarantine: held')
  })

  it('gives each verdict its reason, in words where the code alone has none', () => {
    const refused = { campaignId: 'b', schoolId: 'b', selected: false }
    const verdicts = [
      { campaignId: 'a', schoolId: 'a', selected: true, rank: 1, priceCents: 4500, exclusive: true },
      { ...refused, reason: 'STATE' },
      { ...refused, reason: 'CAP_DAY', until: at, parked: true },
      { ...refused, reason: 'NO_EVENINGS', detail: 'Days only.' },
    ]
    const lines = storyOf(aStory({ decisions: [{ rulesVersion: '1', decidedAt: at, seed: 's', verdicts }] })).split(
      '\n',
    )
    const told = lines.filter((line) => /^ +[-1] /.test(line)).map((line) => line.trim().replaceAll(/ {2,}/g, ' '))
    expect(told).toEqual([
      '1 a takes it for $45.00, alone',
      '- b STATE: None of the programs is offered in the visitor’s state.',
      `- b CAP_DAY: The cap for this day is reached. Until ${at}, and kept for it.`,
      '- b NO_EVENINGS: Days only.',
    ])
  })

  it('lets nothing that a school answers move the cursor or begin a line', () => {
    const hostile = 'no\u001b[2J\r\nlead_1, accepted\u202e'
    const told = storyOf(aStory({ deliveries: [aDelivery(hostile)] }))
    expect(told).toContain('1  2026-11-23T15:04:05.000Z  webhook, 500, retry')
    expect(told).toContain('the school: contacted: no [2J lead_1, accepted')
    expect(told.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\u202e]*$/u)
    expect(told.split('\n').filter((line) => line.startsWith('lead_1'))).toHaveLength(1)
  })
})

const headings = (story: Story) =>
  storyOf(story)
    .split('\n')
    .slice(1)
    .filter((line) => /^\S/.test(line))

function aStory(more: Partial<Story> = {}): Story {
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
    decisions: [],
    deliveries: [],
    ...more,
  }
}

function aDelivery(answer: string): Story['deliveries'][number] {
  const ids = { deliveryId: 'dlv_1', leadId: 'lead_1', schoolId: 'a', campaignId: 'c', programId: 'p' }
  const counts = { attempts: 1, charged: 1, uncertain: false, replays: 0, priceCents: 4500 }
  const attempt = { attemptId: 'att_1', deliveryId: 'dlv_1', number: 1, startedAt: at, endedAt: at } as const
  const told = { dispositionId: 'dsp_1', deliveryId: 'dlv_1', disposition: 'contacted', at, recordedAt: at } as const
  return {
    ...ids,
    ...counts,
    schoolName: 'A',
    state: 'pending',
    createdAt: at,
    dueAt: at,
    test: false,
    attemptLog: [{ ...attempt, kind: 'webhook', stage: 'answered', outcome: 'retry', status: 500, answer }],
    dispositions: [{ ...told, note: answer }],
  }
}
