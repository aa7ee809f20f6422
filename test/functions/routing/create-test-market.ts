import { submitLead } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import { explainMatch } from '#shared/contract/routing/match-explanation.ts'
import type { Decision } from '#shared/domain/routing/decision.ts'
import { createTestApi, type TestApiOptions } from '#test/create-test-api.ts'
import {
  aCampaign,
  aCareer,
  aLead,
  aProgram,
  aSchool,
  aVisitor,
  career,
  createServerHeaders,
  parseKey,
  postLead,
  putRecord,
  readLead,
  readTrueReceipt,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

type Fields = { [field: string]: unknown }
export type SchoolSpec = { school?: Fields; program?: Fields; campaign?: Fields }

/** Creates schools of one career in Texas, each with a program and a campaign, and a landing page. */
export async function createTestMarket(
  schoolSpecs: { [schoolId: string]: SchoolSpec },
  { source = {}, ...foundations }: TestApiOptions & { source?: Fields } = {},
): Promise<TestSystem> {
  const api = await createTestApi(foundations)
  await putRecord(api, 'careers', career, aCareer())
  const landing = await putRecord(api, 'sources', 'landing', { name: 'Landing page', mode: 'live', ...source })
  const system = { api, secret: '', sourceKey: parseKey(landing.body) }
  for (const [at, [schoolId, schoolSpec]] of Object.entries(schoolSpecs).entries())
    await addSchool(system, schoolId, { ...schoolSpec, campaign: { priority: at + 1, ...schoolSpec.campaign } })
  return system
}

export async function addSchool({ api }: TestSystem, schoolId: string, { school, program, campaign }: SchoolSpec) {
  const name = `${schoolId.charAt(0).toUpperCase()}${schoolId.slice(1)} College`
  await putRecord(api, 'schools', schoolId, aSchool({ name, ...school }))
  await putRecord(api, 'programs', `${schoolId}-program`, aProgram({ schoolId, ...program }))
  await putRecord(api, 'campaigns', schoolId, buildCampaign(schoolId, campaign))
}

/** Returns a campaign of a school whose endpoint URL contains the school's id. */
export function buildCampaign(schoolId: string, fields: Fields = {}) {
  const endpoint = { kind: 'webhook', url: `https://${schoolId}.example/leads`, responses }
  return aCampaign({ schoolId, programIds: [`${schoolId}-program`], endpoint, ...fields })
}

export const responses = { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' }
const rejection = webhookResponse(200, '{"outcome": "failure", "reason": "Not for us"}')

/** From now on these schools reject leads, and the others accept them. */
export function setRejectingSchools({ api }: TestSystem, ...schoolIds: string[]) {
  api.webhooks.respond = ({ url }) =>
    schoolIds.some((schoolId) => url.includes(`//${schoolId}.`)) ? rejection : webhookResponse(200)
}

/** From now on every webhook responds with 500. */
export function failAllDeliveries({ api }: TestSystem) {
  api.webhooks.respond = () => webhookResponse(500)
}

/** Attempts every delivery that is due once. */
export async function deliverDue(system: TestSystem) {
  system.api.queue.pointers.length = 0
  await system.api.sweep()
  for (const { deliveryId } of system.api.queue.pointers) await system.api.deliver(deliveryId)
}

/** Advances the clock, then offers and delivers what is due. */
export async function advanceTime(system: TestSystem, seconds: number) {
  system.api.advanceClock(seconds)
  await system.api.offer()
  await deliverDue(system)
}

let formCount = 0

/**
 * Requests a match and submits a lead for it. `fields` are those of the lead, `matchFields` those of the match.
 * `selectedSchoolIds` limits the schools of the lead; `beforeSubmit` runs between match and lead. `receipt` is the true one.
 */
export async function visit(
  system: TestSystem,
  number: number,
  fields: Fields = {},
  matchFields: Fields = {},
  selectedSchoolIds?: readonly string[],
  beforeSubmit = async () => {},
) {
  const match = await requestMatch(system, matchFields)
  await beforeSubmit()
  formCount += 1
  const { careerSlug: _, programId: __, zip: ___, ...alsoInLead } = matchFields
  const schoolIds = match.schools.map(({ schoolId }) => schoolId).filter((id) => selectedSchoolIds?.includes(id))
  const narrowed = schoolIds.length > 0 ? { schoolIds } : {}
  const response = await postLead(system, aLead(match, number, { ...alsoInLead, ...narrowed, ...fields }), {
    'idempotency-key': `form-${formCount}`,
    ...(fields.test === true && (await createServerHeaders(system))),
  })
  if (response.status !== 201) throw new Error(`The lead was refused: ${response.text}`)
  const publicReceipt = submitLead.responses[201].body.parse(response.body)
  return { match, publicReceipt, receipt: await readTrueReceipt(system, publicReceipt.leadId) }
}

export async function readTimeline(system: TestSystem, leadId: string) {
  return leadTimeline.parse(await readLead(system, leadId))
}

/** Returns the state of each delivery of a lead, by school. */
export async function readDeliveryStates(system: TestSystem, leadId: string) {
  const { deliveries } = await readTimeline(system, leadId)
  return Object.fromEntries(deliveries.map(({ schoolId, state }) => [schoolId, state]))
}

/** Returns `taken` or the reason for each campaign in the match of a visitor. */
export async function explainVerdicts(system: TestSystem, matchFields: Fields = {}) {
  const { body } = await system.api.staff('POST', '/v1/ops/matches', {
    body: aVisitor({ sourceId: 'landing', ...matchFields }),
  })
  return toReasons(explainMatch.responses[200].body.parse(body).decision)
}

/** Returns `taken` or the reason for each campaign in the latest decision on a lead. */
export async function readVerdicts(system: TestSystem, leadId: string) {
  const { decisions } = await readTimeline(system, leadId)
  const latest = decisions.at(-1)
  return latest ? toReasons(latest) : {}
}

function toReasons({ verdicts }: Decision) {
  return Object.fromEntries(
    verdicts.map(({ campaignId, selected, reason }) => [campaignId, selected ? 'taken' : reason]),
  )
}

/** Returns the ids of the selected schools, in the order of the receipt. */
export function getReceiptSchoolIds({ receipt }: Awaited<ReturnType<typeof visit>>) {
  return receipt.schools.map(({ schoolId }) => schoolId)
}
