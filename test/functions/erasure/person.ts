import * as z from 'zod'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { leadStory } from '#shared/contract/operator.ts'
import type { Engine, Row } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { unpack } from '#shared/store/packed.ts'
import { rememberingEngine } from '#test/functions/house/remembering-engine.ts'
import { deliverDue } from '#test/functions/routing/market.ts'
import { aLead, aPerson, ask, aTown, send, storyOf, type Town, write } from '#test/functions/town.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export type Memory = { town: Town; rows: () => Promise<Row[]> }
/** A town whose engine can be asked for everything, on whatever stands in between. */
export async function aTownWithMemory(between = (engine: Engine<Table>) => engine): Promise<Memory> {
  const memory: { rows?: Memory['rows'] } = {}
  const engineOf = (now: () => Date) => {
    const { engine, rows } = rememberingEngine(memoryEngine(now))
    memory.rows = rows
    return between(engine)
  }
  const town = await aTown({ engineOf })
  await write(town.house, 'sources', 'landing', {
    name: 'Landing page',
    mode: 'live',
    duplicates: { keys: 'any', windowDays: 30 },
  })
  return { town, rows: memory.rows ?? (async () => []) }
}

/** Values that stand nowhere but in what one visitor told. */
export const canaries = ['Quetzalia', 'Vantongeren', 'quetzalia@mail.example', '5127891999', 'Zwischenahn', 'q-utm']
export const email = 'quetzalia@mail.example'

/** A lead of somebody who can be found again in whatever is kept. */
export async function aCanaryLead(town: Town, fields: object = {}) {
  const contact = aPerson(999, { firstName: 'Quetzalia', lastName: 'Vantongeren', email, phone: '(512) 789-1999' })
  const body = aLead(await ask(town), 999, {
    contact,
    answers: { hobby: 'Zwischenahn' },
    page: { url: `https://careers.example/?email=${email}`, referrer: `https://search.example/?q=Quetzalia` },
    utm: { campaign: 'q-utm' },
    ...fields,
  })
  const answer = await send(town, body)
  if (answer.status !== 201) throw new Error(`The enquiry was refused: ${answer.text}`)
  const { leadId } = z.object({ leadId: z.string() }).parse(answer.body)
  return leadId
}

export const erase = ({ house }: Town, body: object = { email }) => house.staff('POST', '/v1/ops/erasures', { body })
export async function erased(town: Town, body: object = { email }) {
  const answer = await erase(town, body)
  return erasePerson.responses[201].body.parse(answer.body)
}
export const story = async (town: Town, leadId: string) => leadStory.parse(await storyOf(town, leadId))

/** All that is due is delivered, and so is what that makes due. */
export async function settle(town: Town) {
  for (let turn = 0; turn < 3; turn++) {
    await deliverDue(town)
    town.house.pass(60)
  }
}

/** Which of a person's values are still kept, and in which rows. */
export async function traces({ rows }: Memory): Promise<string[]> {
  return (await rows()).flatMap((row) => {
    const text = JSON.stringify({
      ...row,
      ...(typeof row.inputs === 'object' && row.inputs && { inputs: unpack(row.inputs) }),
    })
    return canaries.filter((canary) => text.includes(canary)).map((canary) => `${canary} in ${row.pk} ${row.sk}`)
  })
}
