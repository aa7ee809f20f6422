import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { decide } from '#shared/domain/routing/decide.ts'
import { stripRows } from '#shared/store/aftercare/strip-rows.ts'
import { buildDecisionRows } from '#shared/store/capture/decision-rows.ts'
import { buildNewLeadWrites } from '#shared/store/capture/lead-writes.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { limits } from '#shared/store/engine/limits.ts'
import { leadKey, type Table } from '#shared/store/keys.ts'
import { queryAll } from '#shared/store/query-all.ts'
import { pastLeads } from '#shared/store/routing/past-leads.ts'
import { aCandidate } from '#test/builders/catalog.ts'
import { inputs as createInputs } from '#test/builders/routing.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { aLead, at } from './a-routed-lead.ts'

const leadId = 'lead_4fJ0q2mXbW7cT1nZ8yKd5A'

describe.each([
  { style: 'compact', billsBytes: true },
  { style: 'plain', billsBytes: false },
] as const)('a decision on 5,000 candidates, in rows that are $style,', ({ style, billsBytes }) => {
  const { inputs, decision, lead } = createLargeLead(5000)
  let engine: Engine<Table>
  beforeAll(async () => {
    engine = { ...memoryEngine(() => new Date(at)), billsBytes }
    expect(await leadStore(engine).saveOnce(lead)).toBe('saved')
  })

  it('has rows that stay a fifth below the limit of an item, in one transaction', () => {
    const sizes = buildNewLeadWrites(lead, style).map(({ write }) => ('put' in write ? countItemBytes(write.put) : 0))
    expect(Math.max(...sizes)).toBeLessThan(0.8 * limits.itemBytes)
    // It would not fit into one row, also compressed.
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(limits.itemBytes)
    expect(sizes.length).toBeLessThan(limits.transactionWrites / 2)
  })

  it('is compressed once for the rows of the lead and for those that cover it', () => {
    const build = () =>
      buildDecisionRows({ leadId, decision, inputs, more: {} }, style).filter(({ sk }) => sk.startsWith('INPUTS#'))
    const [first, second] = [build(), build()].map((rows) => rows.map(({ gzip }) => Object(gzip).buffer))
    expect(first?.length).toBeGreaterThan(0)
    expect(second?.map((buffer, index) => buffer === first?.[index])).toEqual(first?.map(() => true))
  })

  it('is read back with every verdict, and with the inputs for a simulation', async () => {
    const stored = await leadStore(engine).find(leadId)
    expect(stored?.decisions).toEqual([{ decision, deliveries: [] }])
    const day = { from: '2026-11-23', to: '2026-11-24', limit: 10 }
    const { past } = await pastLeads(engine).listDecidedLeads(day)
    expect(past[0]?.decision).toEqual(decision)
    expect(past[0]?.inputs.candidates).toHaveLength(5000)
    expect(decide({ ...inputs, ...past[0]?.inputs })).toEqual(decision)
  })

  it('loses its inputs and keeps its verdicts if its person is erased', async () => {
    await stripRows(engine, { leadId }, [])
    const rows = await queryAll(engine, { in: 'leads', pk: leadKey(leadId).pk, limit: 100 })
    const rest = rows.filter(({ sk }) => sk.startsWith('INPUTS#') || sk.startsWith('DECISION#'))
    expect(rest.length).toBeGreaterThan(1)
    for (const row of rest) {
      expect(row).not.toHaveProperty('gzip')
      expect(row).not.toHaveProperty('inputs')
    }
    const stored = await leadStore(engine).find(leadId)
    expect(stored?.decisions[0]?.decision.verdicts).toHaveLength(5000)
  })
})

describe('a lead with very many decisions', () => {
  it('has a row for each, and none that grows with them', async () => {
    const engine = memoryEngine(() => new Date(at))
    const leads = leadStore(engine)
    const { inputs, decision } = createLargeLead(9)
    const offerTimes = Array.from({ length: 40 }, (_, hour) =>
      new Date(Date.parse(at) + hour * 3_600_000).toISOString(),
    )
    await leads.saveOnce(aLead(leadId, { decision, inputs, offerAt: offerTimes[0] }))
    const measureRows = async () => {
      const rows = await queryAll(engine, { in: 'leads', pk: leadKey(leadId).pk, limit: 100 })
      return rows.map((row) => countItemBytes(row)).toSorted((one, other) => other - one)
    }
    const before = await measureRows()
    for (const [index, decidedAt] of offerTimes.entries()) {
      const offer = { inputs, plannedDeliveries: [], dedupeMarkers: [], offerAt: offerTimes[index + 1] }
      const result = await leads.saveOffer({
        ...{ ...offer, leadId, sourceId: 'landing', receivedAt: at, expectedOfferAt: decidedAt, outcome: 'unmatched' },
        decision: { ...decision, decidedAt: decidedAt.replace('.000Z', '.001Z') },
      })
      expect(result).toBe('saved')
    }
    const after = await measureRows()
    expect(after).toHaveLength(before.length + 40)
    expect(after[0]).toBe(before[0])
  })
})

/** A lead whose candidates have names and IDs that do not repeat, so that they compress as badly as real ones. */
function createLargeLead(count: number) {
  const nameOf = (index: number, what: string) =>
    createHash('sha256').update(`${what}${index}`).digest('hex').slice(0, 12)
  const candidates = Array.from({ length: count }, (_, index) => {
    const [campaign, school, program] = ['c', 's', 'p'].map((what) => `${what}-${nameOf(index, what)}`)
    return aCandidate({
      campaign: {
        id: campaign ?? '',
        name: `Leads of ${nameOf(index, 'name')}`,
        priceCents: 2000 + (index % 3000),
        caps: [{ period: 'day', limit: 1 + (index % 100) }],
      },
      school: { id: school ?? '', name: `College ${nameOf(index, 'school')}` },
      programs: [{ id: program ?? '', name: `Associate of ${nameOf(index, 'program')}` }],
    })
  })
  const inputs = { ...createInputs({ candidates, seed: leadId, profile: { at } }), namedSchoolIds: [] }
  const decision = decide(inputs)
  return { inputs, decision, lead: aLead(leadId, { decision, inputs }) }
}
