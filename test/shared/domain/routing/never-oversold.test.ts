import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Enquiry, readerOf } from '#shared/domain/capture/enquiry.ts'
import { decide, type Inputs } from '#shared/domain/routing/decide.ts'
import { judge } from '#shared/domain/routing/rules.ts'
import { takeLead } from '#shared/domain/routing/take-lead.ts'
import { windowOf } from '#shared/domain/routing/windows.ts'
import { streams } from '#test/builders/arbitrary-inputs.ts'
import { aSource } from '#test/builders/catalog.ts'
import { aConsent, aLead } from '#test/builders/lead.ts'

type Sold = { enquiry: Enquiry; campaignId: string; priceCents: number }

describe('whatever leads come, one after the other', () => {
  it('no cap of campaign or school ever holds more than its limit, counted anew from what was sold', () => {
    fc.assert(
      fc.property(
        streams,
        (leads) =>
          oversoldIn(
            leads,
            sell(leads, (counters) => counters),
          ) === undefined,
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ['read once and never again', () => ({})],
    ['read a lead too late', (_: Inputs['counters'], before: Inputs['counters']) => before],
  ] as const)('the count sees where counters are %s', (_, read) => {
    const naive = fc.property(streams, (leads) => oversoldIn(leads, sell(leads, read)) === undefined)
    expect(fc.check(naive, { numRuns: 3000, seed: 20261123, endOnFailure: true }).failed).toBe(true)
  })

  it('a full cap is filled to the last lead: nothing is held back', () => {
    fc.assert(
      fc.property(streams, (leads) => {
        for (const { inputs, decision } of decisionsOf(leads))
          for (const { campaignId, reason } of decision.verdicts)
            if (reason?.startsWith('CAP_')) expect(isFull(campaignId, inputs)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})

type Read = (counters: Inputs['counters'], before: Inputs['counters']) => Inputs['counters']

function sell(leads: readonly Inputs[], read: Read): Sold[] {
  return decisionsOf(leads, read).flatMap(({ inputs, decision }) =>
    decision.verdicts.flatMap(({ selected, campaignId, priceCents = 0 }) =>
      selected ? [{ enquiry: inputs.enquiry, campaignId, priceCents }] : [],
    ),
  )
}

/** Decides lead after lead, and writes to counters what `takeLead` says that each takes. */
function decisionsOf(leads: readonly Inputs[], read: Read = (counters) => counters) {
  const person = {}
  let counters: Inputs['counters'] = {}
  let before = counters
  return leads.map((lead) => {
    const inputs = { ...lead, counters: read(counters, before) }
    const decision = decide(inputs)
    const source = aSource({ method: lead.method })
    const { enquiry, candidates } = inputs
    const given = { lead: aLead(), enquiry, consent: aConsent(), source, person, candidates, counters, decision }
    before = counters
    for (const { owner, counter, amount } of takeLead({ ...given, newDeliveryId: () => 'dlv' }).flatMap(
      ({ reservations }) => reservations,
    ))
      counters = { ...counters, [owner]: { ...counters[owner], [counter]: (counters[owner]?.[counter] ?? 0) + amount } }
    return { inputs, decision }
  })
}

/** The first cap that holds more than its limit in some window, told without counters. */
function oversoldIn(leads: readonly Inputs[], sold: readonly Sold[]): string | undefined {
  const candidates = leads[0]?.candidates ?? []
  const schoolOf = (campaignId: string) => candidates.find(({ campaign }) => campaign.id === campaignId)?.school.id
  for (const { campaign, school } of candidates) {
    const ofCampaign = sold.filter(({ campaignId }) => campaignId === campaign.id)
    const ofSchool = sold.filter(({ campaignId }) => schoolOf(campaignId) === school.id)
    for (const { cap, all } of [
      ...campaign.caps.map((cap) => ({ cap, all: ofCampaign })),
      ...school.caps.map((cap) => ({ cap, all: ofSchool })),
    ]) {
      const counting = all.filter(({ enquiry }) => !cap.rules || judge(cap.rules, readerOf(enquiry)).holds)
      const windows = Map.groupBy(counting, ({ enquiry }) => windowOf(cap.period, enquiry.at, school.timeZone).start)
      for (const [start, takers] of windows) {
        const held = takers.reduce((sum, { priceCents }) => sum + (cap.unit === 'cents' ? priceCents : 1), 0)
        if (held > cap.limit)
          return `${campaign.id} or ${school.id}, ${cap.unit} in the ${cap.period} from ${start}: ${held}`
      }
    }
  }
  return undefined
}

function isFull(campaignId: string, { candidates, counters }: Inputs): boolean {
  const one = candidates.find(({ campaign }) => campaign.id === campaignId)
  if (!one) return false
  const { campaign, school } = one
  return [
    ...campaign.caps.map((cap) => ({ cap, held: Object.entries(counters[`campaigns#${campaign.id}`] ?? {}) })),
    ...school.caps.map((cap) => ({ cap, held: Object.entries(counters[`schools#${school.id}`] ?? {}) })),
  ].some(({ cap: { unit, period, limit }, held }) => {
    const amount = unit === 'cents' ? campaign.priceCents : 1
    const most = Math.max(0, ...held.flatMap(([name, used]) => (name.startsWith(`${unit}-${period}#`) ? used : [])))
    return most + amount > limit
  })
}
