import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProfileReader, type LeadProfile } from '#shared/domain/capture/lead-profile.ts'
import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import { planDeliveries } from '#shared/domain/routing/plan-deliveries.ts'
import { evaluateRule } from '#shared/domain/routing/rules.ts'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import { leadStreams } from '#test/builders/arbitrary-inputs.ts'
import { aSource } from '#test/builders/catalog.ts'
import { aConsent, aLead } from '#test/builders/lead.ts'
import { checkControl } from '#test/check-control.ts'

type Sale = { profile: LeadProfile; campaignId: string; priceCents: number }

describe('any sequence of leads', () => {
  it('exceeds no cap of a campaign or school, recounted from the sales', () => {
    fc.assert(
      fc.property(
        leadStreams,
        (leads) =>
          findOversoldCap(
            leads,
            sell(leads, (counters) => counters),
          ) === undefined,
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ['read once and never again', () => ({})],
    ['read a lead too late', (_: DecisionInputs['counters'], before: DecisionInputs['counters']) => before],
  ] as const)('detects: counters that are %s', async (_, readCounters) => {
    const naive = fc.property(leadStreams, (leads) => findOversoldCap(leads, sell(leads, readCounters)) === undefined)
    expect((await checkControl(naive, { numRuns: 3000 })).failed).toBe(true)
  })

  it('fills a cap to the last lead before it refuses', () => {
    fc.assert(
      fc.property(leadStreams, (leads) => {
        for (const { inputs, decision } of decideAll(leads))
          for (const { campaignId, reason } of decision.verdicts)
            if (reason?.startsWith('CAP_')) expect(isFull(campaignId, inputs)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})

type ReadCounters = (
  counters: DecisionInputs['counters'],
  before: DecisionInputs['counters'],
) => DecisionInputs['counters']

function sell(leads: readonly DecisionInputs[], readCounters: ReadCounters): Sale[] {
  return decideAll(leads, readCounters).flatMap(({ inputs, decision }) =>
    decision.verdicts.flatMap(({ selected, campaignId, priceCents = 0 }) =>
      selected ? [{ profile: inputs.profile, campaignId, priceCents }] : [],
    ),
  )
}

/** Decides one lead after another, and adds the planned reservations to the counters. */
function decideAll(leads: readonly DecisionInputs[], readCounters: ReadCounters = (counters) => counters) {
  const person = {}
  let counters: DecisionInputs['counters'] = {}
  let before = counters
  return leads.map((lead) => {
    const inputs = { ...lead, counters: readCounters(counters, before) }
    const decision = decide(inputs)
    const source = aSource({ method: lead.method })
    const { profile, candidates } = inputs
    const planInput = { lead: aLead(), profile, consent: aConsent(), source, person, candidates, counters, decision }
    before = counters
    for (const { owner, counter, amount } of planDeliveries({ ...planInput, newDeliveryId: () => 'dlv' }).flatMap(
      ({ reservations }) => reservations,
    ))
      counters = { ...counters, [owner]: { ...counters[owner], [counter]: (counters[owner]?.[counter] ?? 0) + amount } }
    return { inputs, decision }
  })
}

/** Returns the first cap that is exceeded in some window, counted from the sales. */
function findOversoldCap(leads: readonly DecisionInputs[], sales: readonly Sale[]): string | undefined {
  const candidates = leads[0]?.candidates ?? []
  const findSchoolId = (campaignId: string) => candidates.find(({ campaign }) => campaign.id === campaignId)?.school.id
  for (const { campaign, school } of candidates) {
    const campaignSales = sales.filter(({ campaignId }) => campaignId === campaign.id)
    const schoolSales = sales.filter(({ campaignId }) => findSchoolId(campaignId) === school.id)
    for (const { cap, all } of [
      ...campaign.caps.map((cap) => ({ cap, all: campaignSales })),
      ...school.caps.map((cap) => ({ cap, all: schoolSales })),
    ]) {
      const counting = all.filter(
        ({ profile }) => !cap.rules || evaluateRule(cap.rules, createProfileReader(profile)).holds,
      )
      const windows = Map.groupBy(
        counting,
        ({ profile }) => findCapWindow(cap.period, profile.at, school.timeZone).start,
      )
      for (const [start, windowSales] of windows) {
        const total = windowSales.reduce((sum, { priceCents }) => sum + (cap.unit === 'cents' ? priceCents : 1), 0)
        if (total > cap.limit)
          return `${campaign.id} or ${school.id}, ${cap.unit} in the ${cap.period} from ${start}: ${total}`
      }
    }
  }
  return undefined
}

function isFull(campaignId: string, { candidates, counters }: DecisionInputs): boolean {
  const one = candidates.find(({ campaign }) => campaign.id === campaignId)
  if (!one) return false
  const { campaign, school } = one
  return [
    ...campaign.caps.map((cap) => ({
      cap,
      counterEntries: Object.entries(counters[`campaigns#${campaign.id}`] ?? {}),
    })),
    ...school.caps.map((cap) => ({ cap, counterEntries: Object.entries(counters[`schools#${school.id}`] ?? {}) })),
  ].some(({ cap: { unit, period, limit }, counterEntries }) => {
    const amount = unit === 'cents' ? campaign.priceCents : 1
    const most = Math.max(
      0,
      ...counterEntries.flatMap(([name, count]) => (name.startsWith(`${unit}-${period}#`) ? count : [])),
    )
    return most + amount > limit
  })
}
