import * as z from 'zod'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import type { Engine, Row } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import {
  aLead,
  aPerson,
  createTestSystem,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { formatUnpacked } from '#test/functions/house/format-unpacked.ts'
import { listableEngine } from '#test/functions/house/listable-engine.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export type InspectableSystem = { system: TestSystem; rows: () => Promise<Row[]> }
/** A test system that returns all its stored rows. `between` wraps the engine. */
export async function createInspectableSystem(between = (engine: Engine<Table>) => engine): Promise<InspectableSystem> {
  const inspection: { rows?: InspectableSystem['rows'] } = {}
  const createEngine = (now: () => Date) => {
    const { engine, rows } = listableEngine(memoryEngine(now))
    inspection.rows = rows
    return between(engine)
  }
  const system = await createTestSystem({ createEngine })
  await putRecord(system.api, 'sources', 'landing', {
    name: 'Landing page',
    mode: 'live',
    duplicates: { keys: 'any', windowDays: 30 },
  })
  return { system, rows: inspection.rows ?? (async () => []) }
}

/** Values that only one visitor entered. */
export const canaries = ['Quetzalia', 'Vantongeren', 'quetzalia@mail.example', '5127891999', 'Zwischenahn', 'q-utm']
export const email = 'quetzalia@mail.example'

/** A lead whose values are easy to find in stored rows. */
export async function aCanaryLead(system: TestSystem, fields: object = {}) {
  const contact = aPerson(999, { firstName: 'Quetzalia', lastName: 'Vantongeren', email, phone: '(512) 789-1999' })
  const body = aLead(await requestMatch(system), 999, {
    contact,
    answers: { hobby: 'Zwischenahn' },
    page: { url: `https://careers.example/?email=${email}`, referrer: `https://search.example/?q=Quetzalia` },
    utm: { campaign: 'q-utm' },
    ...fields,
  })
  const response = await postLead(system, body)
  if (response.status !== 201) throw new Error(`The lead was refused: ${response.text}`)
  const { leadId } = z.object({ leadId: z.string() }).parse(response.body)
  return leadId
}

export const erase = ({ api }: TestSystem, body: object = { email }) => api.staff('POST', '/v1/ops/erasures', { body })
export async function eraseAndParse(system: TestSystem, body: object = { email }) {
  const response = await erase(system, body)
  return erasePerson.responses[201].body.parse(response.body)
}
export const readTimeline = async (system: TestSystem, leadId: string) =>
  leadTimeline.parse(await readLead(system, leadId))

/** Delivers everything that is due, and what becomes due by that. */
export async function settle(system: TestSystem) {
  for (let round = 0; round < 3; round++) {
    await deliverDue(system)
    system.api.advanceClock(60)
  }
}

/** Lists the person's values that are still stored, with their rows. */
export async function findTraces({ rows }: InspectableSystem): Promise<string[]> {
  return (await rows()).flatMap((row) => {
    const text = formatUnpacked(row)
    return canaries.filter((canary) => text.includes(canary)).map((canary) => `${canary} in ${row.pk} ${row.sk}`)
  })
}
