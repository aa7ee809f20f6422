import * as z from 'zod'
import { revealLead } from '#shared/contract/aftercare/reveals.ts'
import { leadReceipt, matchSchools } from '#shared/contract/capture/capture.ts'
import { type Foundations, type House, openHouse } from '#test/house.ts'

export const career = 'health-record-technician'
export type Town = Awaited<ReturnType<typeof aTown>>
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
export async function aTown(foundations: Foundations = {}) {
  const house = await openHouse(foundations)
  await write(house, 'careers', career, aCareer())
  await write(house, 'schools', 'tall-grass', aSchool())
  await write(house, 'schools', 'bay-shore', aSchool({ name: 'Bay Shore Institute' }))
  await write(house, 'programs', 'tall-grass-hit', aProgram({ rank: 1 }))
  await write(house, 'programs', 'bay-shore-hit', aProgram({ schoolId: 'bay-shore', rank: 2 }))
  const { secret } = z
    .object({ secret: z.string() })
    .parse((await write(house, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1 }))).body)
  await write(house, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ priority: 2 }))
  const source = await write(house, 'sources', 'landing', { name: 'Landing page', mode: 'live' })
  return { house, secret, sourceKey: keyOf(source.body) }
}

export const bayShoreCampaign = (fields: Fields = {}) =>
  aCampaign({
    schoolId: 'bay-shore',
    programIds: ['bay-shore-hit'],
    endpoint: { kind: 'email', to: 'leads@bay-shore.example' },
    ...fields,
  })

/** @throws where staff may not write it so. */
export async function write(house: House, kind: string, id: string, body: unknown) {
  const answer = await house.staff('PUT', `/v1/ops/${kind}/${id}`, { body })
  if (answer.status > 201) throw new Error(`${kind}/${id} was not written: ${answer.text}`)
  return answer
}

export function keyOf(body: unknown): string {
  return z.object({ key: z.string() }).parse(body).key
}

export async function ask({ house, sourceKey }: Town, fields: Fields = {}) {
  const answer = await house.call('POST', '/v1/matches', {
    headers: { 'x-source-key': sourceKey },
    body: aVisitor(fields),
  })
  if (answer.status !== 200) throw new Error(`No match: ${answer.text}\n${JSON.stringify(house.logged.at(-1))}`)
  return matchSchools.responses[200].body.parse(answer.body)
}

type Match = Awaited<ReturnType<typeof ask>>
export const aLead = ({ matchId, disclosure }: Match, number = 1, fields: Fields = {}) => ({
  matchId,
  contact: aPerson(number),
  education: { highestLevel: 'high-school-diploma' },
  consent: { granted: true, sha256: disclosure.sha256 },
  page: { url: 'https://careers.example/health-record-technician' },
  ...fields,
})

/** Sends a lead under a key of its own, or the one that is given. */
export function send({ house, sourceKey }: Town, body: unknown, headers: { [name: string]: string | undefined } = {}) {
  const key = `key-${house.logged.length}-${JSON.stringify(body).length}`
  return house.call('POST', '/v1/leads', {
    headers: { 'x-source-key': sourceKey, 'idempotency-key': key, ...headers },
    body,
  })
}

/** A match and a lead from one visitor. @throws where it is not taken. */
export async function enquire(town: Town, number = 1, fields: Fields = {}) {
  const match = await ask(town)
  const answer = await send(town, aLead(match, number, fields), { 'idempotency-key': `enquiry-${number}` })
  if (answer.status !== 201) throw new Error(`The enquiry was refused: ${answer.text}`)
  return leadReceipt.parse(answer.body)
}

export async function storyOf({ house }: Town, leadId: string) {
  const { body } = await house.staff('GET', `/v1/ops/leads/${leadId}`)
  return body
}

/** What a story masks. */
export async function revealed({ house }: Town, leadId: string) {
  const { body } = await house.staff('POST', `/v1/ops/leads/${leadId}/reveals`, { body: { purpose: 'A test.' } })
  return revealLead.responses[201].body.parse(body)
}

export async function todaysLeads({ house }: Town) {
  const day = house.clock.now.toISOString().slice(0, 10)
  const { leads } = await house.needsOf('operator').leads.ofDay(day, { limit: 100 })
  return leads
}
