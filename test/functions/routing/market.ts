import { submitLead } from '#shared/contract/capture/capture.ts'
import { explainMatch, leadStory } from '#shared/contract/operator.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'
import { answered } from '#test/functions/house/fakes.ts'
import {
  aCampaign,
  aCareer,
  aLead,
  aProgram,
  aSchool,
  ask,
  aVisitor,
  career,
  keyOf,
  send,
  storyOf,
  type Town,
  write,
} from '#test/functions/town.ts'
import { type Foundations, openHouse } from '#test/house.ts'

type Fields = { [field: string]: unknown }
export type Stall = { school?: Fields; program?: Fields; campaign?: Fields }

/** Schools of one career in Texas, each with a program and a campaign of its name, and a landing page. */
export async function aMarket(
  stalls: { [schoolId: string]: Stall },
  { source = {}, ...foundations }: Foundations & { source?: Fields } = {},
): Promise<Town> {
  const house = await openHouse(foundations)
  await write(house, 'careers', career, aCareer())
  const landing = await write(house, 'sources', 'landing', { name: 'Landing page', mode: 'live', ...source })
  const town = { house, secret: '', sourceKey: keyOf(landing.body) }
  for (const [at, [schoolId, stall]] of Object.entries(stalls).entries())
    await build(town, schoolId, { ...stall, campaign: { priority: at + 1, ...stall.campaign } })
  return town
}

export async function build({ house }: Town, schoolId: string, { school, program, campaign }: Stall) {
  const name = `${schoolId.charAt(0).toUpperCase()}${schoolId.slice(1)} College`
  await write(house, 'schools', schoolId, aSchool({ name, ...school }))
  await write(house, 'programs', `${schoolId}-program`, aProgram({ schoolId, ...program }))
  await write(house, 'campaigns', schoolId, campaignOf(schoolId, campaign))
}

/** The campaign of a school has the school's id, and its endpoint tells whose it is. */
export function campaignOf(schoolId: string, fields: Fields = {}) {
  const endpoint = { kind: 'webhook', url: `https://${schoolId}.example/leads`, responses }
  return aCampaign({ schoolId, programIds: [`${schoolId}-program`], endpoint, ...fields })
}

export const responses = { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' }
const rejection = answered(200, '{"outcome": "failure", "reason": "Not for us"}')

/** From now on these schools reject what they get, and the others take it. */
export function rejectAt({ house }: Town, ...schoolIds: string[]) {
  house.webhooks.answer = ({ url }) =>
    schoolIds.some((schoolId) => url.includes(`//${schoolId}.`)) ? rejection : answered(200)
}

/** From now on nobody answers but by 500. */
export function breakDown({ house }: Town) {
  house.webhooks.answer = () => answered(500)
}

/** Everything that is due is tried once. */
export async function deliverDue(town: Town) {
  town.house.queue.pointers.length = 0
  await town.house.sweep()
  for (const { deliveryId } of town.house.queue.pointers) await town.house.deliver(deliveryId)
}

/** Time passes, then what has come due is offered and tried. */
export async function later(town: Town, seconds: number) {
  town.house.pass(seconds)
  await town.house.offer()
  await deliverDue(town)
}

let forms = 0

/** Somebody asks and sends the form. `fields` are the lead's, `asked` the match's; of the schools shown, `ticked` alone.
 * `meanwhile` is what happens between the two. */
export async function visit(
  town: Town,
  number: number,
  fields: Fields = {},
  asked: Fields = {},
  ticked?: readonly string[],
  meanwhile = async () => {},
) {
  const match = await ask(town, asked)
  await meanwhile()
  forms += 1
  const { careerSlug: _, programId: __, zip: ___, ...alsoInLead } = asked
  const schoolIds = match.schools.map(({ schoolId }) => schoolId).filter((id) => ticked?.includes(id))
  const narrowed = schoolIds.length > 0 ? { schoolIds } : {}
  const answer = await send(town, aLead(match, number, { ...alsoInLead, ...narrowed, ...fields }), {
    'idempotency-key': `form-${forms}`,
  })
  if (answer.status !== 201) throw new Error(`The lead was refused: ${answer.text}`)
  return { match, receipt: submitLead.responses[201].body.parse(answer.body) }
}

export async function story(town: Town, leadId: string) {
  return leadStory.parse(await storyOf(town, leadId))
}

/** Who has a lead, by the states of its deliveries. */
export async function holders(town: Town, leadId: string) {
  const { deliveries } = await story(town, leadId)
  return Object.fromEntries(deliveries.map(({ schoolId, state }) => [schoolId, state]))
}

/** Why a visitor would be shown these schools and not others. */
export async function explained(town: Town, asked: Fields = {}) {
  const { body } = await town.house.staff('POST', '/v1/ops/matches', {
    body: aVisitor({ sourceId: 'landing', ...asked }),
  })
  return told(explainMatch.responses[200].body.parse(body).decision)
}

/** What the latest decision says of each campaign: `taken`, or the reason. */
export async function verdicts(town: Town, leadId: string) {
  const { decisions } = await story(town, leadId)
  const latest = decisions.at(-1)
  return latest ? told(latest) : {}
}

function told({ verdicts }: Decision) {
  return Object.fromEntries(
    verdicts.map(({ campaignId, selected, reason }) => [campaignId, selected ? 'taken' : reason]),
  )
}

/** Who was chosen, in the order of the receipt. */
export function takers({ receipt }: Awaited<ReturnType<typeof visit>>) {
  return receipt.schools.map(({ schoolId }) => schoolId)
}
