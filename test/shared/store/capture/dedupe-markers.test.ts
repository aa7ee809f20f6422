import { describe, expect, it } from 'vitest'
import {
  buildMarkerErasure,
  buildMarkerReleases,
  buildMarkerWrites,
  findHeldScopes,
} from '#shared/store/capture/dedupe-markers.ts'
import { leadStore } from '#shared/store/capture/leads.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { dedupeMarkerKey, personMarkersKey, type Table } from '#shared/store/keys.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { aLead, at } from './a-routed-lead.ts'

const days = 30
const marker = (scope: string, digest = 'ada') => ({ scope, digest, days })
const addDaysToStart = (count: number) => new Date(Date.parse(at) + count * 24 * 60 * 60 * 1000).toISOString()

describe('the dedupe markers of a person', () => {
  it('take one write for each HMAC, whatever the number of schools', () => {
    const schools = ['alder', 'birch', 'cedar']
    const markers = schools.flatMap((school) => [marker(school), marker(school, 'phone')])
    expect(buildMarkerWrites(markers, 'lead_1', at)).toHaveLength(2)
  })

  it('are held one by one: a lead that shares a school with another one fails, and only for that school', async () => {
    const engine = memoryEngine(() => new Date(at))
    const leads = leadStore(engine)
    expect(await leads.saveOnce(aLead('a', { dedupeMarkers: [marker('alder')] }))).toBe('saved')
    expect(await leads.saveOnce(aLead('b', { dedupeMarkers: [marker('alder'), marker('birch')] }))).toEqual({
      conflictingScopes: ['alder'],
    })
    expect(await leads.find('b')).toBeUndefined()
    expect(await leads.saveOnce(aLead('b', { dedupeMarkers: [marker('birch')] }))).toBe('saved')
    expect(
      await findHeldScopes(
        engine,
        ['alder', 'birch', 'cedar'].map((scope) => marker(scope)),
        at,
      ),
    ).toEqual(['alder', 'birch'])
  })

  it('let exactly one of many leads at once have a school', async () => {
    const leads = leadStore(memoryEngine(() => new Date(at)))
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        leads.saveOnce(aLead(`lead${number}`, { dedupeMarkers: [marker('alder'), marker(`own-${number}`)] })),
      ),
    )
    expect(results.filter((one) => one === 'saved')).toHaveLength(1)
  })

  it('are free again from the second on in which they expire, each by itself', async () => {
    const engine = memoryEngine(() => new Date(at))
    await set(engine, 'lead_1', at, 'alder')
    await set(engine, 'lead_2', addDaysToStart(1), 'birch')
    expect(await set(engine, 'lead_3', addDaysToStart(days - 0.001), 'alder')).toBe(false)
    expect(await set(engine, 'lead_3', addDaysToStart(days), 'birch')).toBe(false)
    expect(await findHeldScopes(engine, [marker('alder'), marker('birch')], addDaysToStart(days))).toEqual(['birch'])
    expect(await set(engine, 'lead_3', addDaysToStart(days), 'alder')).toBe(true)
  })

  it('that have rows of their own, as an earlier edition stored them, keep a lead and an offer out', async () => {
    const engine = memoryEngine(() => new Date(at))
    const leads = leadStore(engine)
    const put = {
      ...dedupeMarkerKey('alder', 'ada'),
      leadId: 'lead_0',
      expiresAt: Date.parse(addDaysToStart(days)) / 1000,
    }
    await engine.transact([{ in: 'leads', put }])
    expect(await findHeldScopes(engine, [marker('alder'), marker('birch')], at)).toEqual(['alder'])
    await leads.saveOnce(aLead('a', { offerAt: at }))
    const { decision, inputs, plannedDeliveries } = aLead('a')
    const offer = {
      leadId: 'a',
      sourceId: 'landing',
      receivedAt: at,
      expectedOfferAt: at,
      outcome: 'accepted',
      decision,
      inputs,
    } as const
    const save = (scope: string) =>
      leads.saveOffer({
        ...offer,
        decision: { ...decision, decidedAt: addDaysToStart(1) },
        plannedDeliveries,
        dedupeMarkers: [marker(scope)],
      })
    expect(await save('alder')).toEqual({ conflictingScopes: ['alder'] })
    expect(await save('birch')).toBe('saved')
  })

  it.each(['in the row of the person', 'in a row of its own'])(
    'are released by their lead alone: %s',
    async (where) => {
      const engine = memoryEngine(() => new Date(at))
      if (where === 'in a row of its own')
        await engine.transact([{ in: 'leads', put: { ...dedupeMarkerKey('alder', 'ada'), leadId: 'lead_1' } }])
      else await set(engine, 'lead_1', at, 'alder')
      const person = { scope: 'alder', personDigests: ['ada', 'phone'] }
      expect(await buildMarkerReleases(engine, 'lead_2', person)).toEqual([])
      const releases = await buildMarkerReleases(engine, 'lead_1', person)
      expect((await engine.transact(releases)).done).toBe(true)
      expect(await findHeldScopes(engine, [marker('alder')], at)).toEqual([])
    },
  )

  it('leave no row when the last one is erased, and those of other leads until then', async () => {
    const engine = memoryEngine(() => new Date(at))
    await set(engine, 'lead_1', at, 'alder')
    await set(engine, 'lead_2', at, 'birch')
    expect(await erase(engine, 'lead_1')).toBe(true)
    expect(await findHeldScopes(engine, [marker('alder'), marker('birch')], at)).toEqual(['birch'])
    expect(await erase(engine, 'lead_2')).toBe(true)
    expect(await engine.get({ in: 'leads', key: personMarkersKey('ada') })).toBeUndefined()
    expect(await buildMarkerErasure(engine, 'lead_2', 'ada')).toBeUndefined()
  })

  it('that a lead sets during an erasure are not lost with the row', async () => {
    const engine = memoryEngine(() => new Date(at))
    await set(engine, 'lead_1', at, 'alder')
    const write = await buildMarkerErasure(engine, 'lead_1', 'ada')
    await set(engine, 'lead_2', at, 'birch')
    expect(write && (await engine.transact([write])).done).toBe(false)
    expect(await findHeldScopes(engine, [marker('birch')], at)).toEqual(['birch'])
  })
})

async function set(engine: Engine<Table>, leadId: string, instant: string, scope: string): Promise<boolean> {
  const writes = buildMarkerWrites([marker(scope)], leadId, instant).map(({ write }) => write)
  return (await engine.transact(writes)).done
}

async function erase(engine: Engine<Table>, leadId: string): Promise<boolean> {
  const write = await buildMarkerErasure(engine, leadId, 'ada')
  return write !== undefined && (await engine.transact([write])).done
}
