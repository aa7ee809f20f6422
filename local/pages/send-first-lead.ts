import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { listLeads } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import type { Host } from '../host.ts'

export type FirstLead = { leadId: string; schools: string[] }

/**
 * Submits one lead over HTTP, as a landing page would, so that inbox and sample school have something to show. Undefined if
 * there are leads from an earlier start. @throws if the lead is not accepted.
 */
export async function sendFirstLead({
  urls,
  keys,
  week,
}: Pick<Host, 'urls' | 'keys' | 'week'>): Promise<FirstLead | undefined> {
  const callAsStaff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const latestLeads = await callAsStaff(listLeads, { query: { limit: 1 } })
  if (!week && (latestLeads.status !== 200 || latestLeads.body.leads.length > 0)) return undefined

  const callAsVisitor = createClient({ baseUrl: urls.api, headers: { 'x-source-key': keys.source } })
  const education = { highestLevel: 'high-school-diploma' } as const
  const matchResponse = await callAsVisitor(matchSchools, {
    body: { careerSlug: 'health-record-technician', zip: '78701', education },
  })
  if (matchResponse.status !== 200) throw new Error(`The first lead found no schools: ${matchResponse.text}`)
  const { matchId, disclosure } = matchResponse.body
  const leadResponse = await callAsVisitor(submitLead, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    body: {
      matchId,
      contact: {
        firstName: 'Ada',
        lastName: 'Sample',
        email: 'ada.sample@mail.example.com',
        phone: '(512) 789-1111',
        zip: '78701',
      },
      education,
      startWindow: '1-3-months',
      consent: { granted: true, sha256: disclosure.sha256 },
      page: { url: urls.landing },
    },
  })
  if (leadResponse.status !== 201) throw new Error(`The first lead was not accepted: ${leadResponse.text}`)
  return { leadId: leadResponse.body.leadId, schools: leadResponse.body.schools.map(({ name }) => name) }
}
