import * as z from 'zod'
import { revealLead } from '#shared/contract/aftercare/reveals.ts'
import { leadReceipt, matchSchools } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { renderConsentText } from '#test/builders/consent-text.ts'
import { createTestApi, type TestApi, type TestApiOptions } from '#test/create-test-api.ts'

export const career = 'health-record-technician'
export type TestSystem = Awaited<ReturnType<typeof createTestSystem>>
type Fields = { [field: string]: unknown }

export const aCareer = (fields: Fields = {}) => ({
  title: 'Health Record Technician',
  summary: 'Keeps records of patients in order.',
  facts: [],
  sections: [],
  ...fields,
})
export const aSchool = (fields: Fields = {}) => ({ name: 'Tall Grass College', timeZone: 'America/Chicago', ...fields })
export const aProgram = (fields: Fields = {}) => ({
  schoolId: 'tall-grass',
  name: 'Associate of Health Information Technology',
  careerSlugs: [career],
  level: 'associate',
  modality: 'online',
  states: ['TX'],
  ...fields,
})
export const aCampaign = (fields: Fields = {}) => ({
  schoolId: 'tall-grass',
  programIds: ['tall-grass-hit'],
  priceCents: 4500,
  endpoint: { kind: 'webhook', url: 'https://leads.tall-grass.example/prospectus' },
  ...fields,
})
export const aVisitor = (fields: Fields = {}) => ({
  careerSlug: career,
  zip: '78701',
  education: { highestLevel: 'high-school-diploma' },
  ...fields,
})
export const aPerson = (number = 1, fields: Fields = {}) => ({
  firstName: 'Ada',
  lastName: 'Example',
  email: `ada${number}@mail.example`,
  phone: `(512) 789-${1000 + number}`,
  zip: '78701',
  ...fields,
})

/** Two schools in Texas, one by webhook and one by e-mail, a landing page, and the career that they teach. */
export async function createTestSystem(options: TestApiOptions = {}) {
  const api = await createTestApi(options)
  await putRecord(api, 'careers', career, aCareer())
  await putRecord(api, 'schools', 'tall-grass', aSchool())
  await putRecord(api, 'schools', 'bay-shore', aSchool({ name: 'Bay Shore Institute' }))
  await putRecord(api, 'programs', 'tall-grass-hit', aProgram({ rank: 1 }))
  await putRecord(api, 'programs', 'bay-shore-hit', aProgram({ schoolId: 'bay-shore', rank: 2 }))
  const { secret } = z
    .object({ secret: z.string() })
    .parse((await putRecord(api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1 }))).body)
  await putRecord(api, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ priority: 2 }))
  const source = await putRecord(api, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
  return { api, secret, sourceKey: parseKey(source.body) }
}

export const bayShoreCampaign = (fields: Fields = {}) =>
  aCampaign({
    schoolId: 'bay-shore',
    programIds: ['bay-shore-hit'],
    endpoint: { kind: 'email', to: 'leads@bay-shore.example' },
    ...fields,
  })

/** @throws where staff may not write it so. */
export async function putRecord(api: TestApi, kind: string, id: string, body: unknown) {
  const response = await api.staff('PUT', `/v1/ops/${kind}/${id}`, { body })
  if (response.status > 201) throw new Error(`${kind}/${id} was not written: ${response.text}`)
  return response
}

export function parseKey(body: unknown): string {
  return z.object({ key: z.string() }).parse(body).key
}

export async function requestMatch({ api, sourceKey }: TestSystem, fields: Fields = {}) {
  const response = await api.call('POST', '/v1/matches', {
    headers: { 'x-source-key': sourceKey },
    body: aVisitor(fields),
  })
  if (response.status !== 200) throw new Error(`No match: ${response.text}\n${JSON.stringify(api.logEntries.at(-1))}`)
  return matchSchools.responses[200].body.parse(response.body)
}

type Match = Awaited<ReturnType<typeof requestMatch>>
/** With `schoolIds`, the visitor agrees to the text that names exactly these schools. */
export const aLead = ({ matchId, ...match }: Match, number = 1, fields: Fields = {}) => ({
  matchId,
  contact: aPerson(number),
  education: { highestLevel: 'high-school-diploma' },
  consent: { granted: true, sha256: sha256(renderConsentText(match, fields.schoolIds)) },
  page: { url: 'https://careers.example/health-record-technician' },
  ...fields,
})

/** Sends a lead under a key of its own, or the one that is given. */
export function postLead(
  { api, sourceKey }: TestSystem,
  body: unknown,
  headers: { [name: string]: string | undefined } = {},
) {
  const key = `key-${api.logEntries.length}-${JSON.stringify(body).length}`
  return api.call('POST', '/v1/leads', {
    headers: { 'x-source-key': sourceKey, 'idempotency-key': key, ...headers },
    body,
  })
}

/** A match and a lead from one visitor. @throws where it is not taken. */
export async function submitTestLead(system: TestSystem, number = 1, fields: Fields = {}) {
  const match = await requestMatch(system)
  const response = await postLead(system, aLead(match, number, fields), { 'idempotency-key': `form-${number}` })
  if (response.status !== 201) throw new Error(`The lead was refused: ${response.text}`)
  return leadReceipt.parse(response.body)
}

/** A page of a live source may not mark a lead as a test, so its server does. */
export async function createServerHeaders({ api }: TestSystem, sourceId = 'landing') {
  const { key } = await api.createApiKey({ caller: 'source', sourceId }, 'server')
  return { authorization: `Bearer ${key}`, 'x-source-key': undefined }
}

/** A match and a test lead from a publisher's server. @throws Error if it is refused */
export async function submitLeadMarkedTest(system: TestSystem, number = 1) {
  const lead = aLead(await requestMatch(system), number, { test: true })
  const response = await postLead(system, lead, await createServerHeaders(system))
  if (response.status !== 201) throw new Error(`The lead was refused: ${response.text}`)
  return leadReceipt.parse(response.body)
}

/** What became of a lead that a page sent, as staff see it: a page is told what a stranger would be told. */
export async function readTrueReceipt(system: TestSystem, leadId: string) {
  const { outcome, receivedAt, deliveries } = leadTimeline.parse(await readLead(system, leadId))
  const schools = deliveries.map(({ schoolId, schoolName: name, deliveryId }) => ({ schoolId, name, deliveryId }))
  return leadReceipt.parse({ leadId, outcome, receivedAt, schools })
}

/** The queued deliveries that exist: pointers to those that only a receipt shows lead to nothing. */
export async function listQueuedDeliveries({ api }: TestSystem) {
  const { deliveries } = api.createDependencies('operator')
  const found = await Promise.all(api.queue.pointers.map(({ deliveryId }) => deliveries.find(deliveryId)))
  return api.queue.pointers.filter((_, index) => found[index] !== undefined)
}

export async function readLead({ api }: TestSystem, leadId: string) {
  const { body } = await api.staff('GET', `/v1/ops/leads/${leadId}`)
  return body
}

/** What a story masks. */
export async function revealContact({ api }: TestSystem, leadId: string) {
  const { body } = await api.staff('POST', `/v1/ops/leads/${leadId}/reveals`, { body: { purpose: 'A test.' } })
  return revealLead.responses[201].body.parse(body)
}

export async function listTodaysLeads({ api }: TestSystem) {
  const day = api.clock.now.toISOString().slice(0, 10)
  const { leads } = await api.createDependencies('operator').leads.listByDay(day, { limit: 100 })
  return leads
}
