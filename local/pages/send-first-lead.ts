import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { createClient } from '#shared/contract/client.ts'
import { listLeads } from '#shared/contract/operator.ts'
import type { Host } from '../host.ts'

export type FirstLead = { leadId: string; schools: string[] }

/**
 * Goes a visitor's road once, over HTTP as a landing page would, so that there is something to look at. Not where a lead
 * came today: whoever keeps their data meets the same person once a day at most. @throws where it is not taken.
 */
export async function sendFirstLead({ urls, keys }: Pick<Host, 'urls' | 'keys'>): Promise<FirstLead | undefined> {
  const callAsStaff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const latestLeads = await callAsStaff(listLeads, { query: { limit: 1 } })
  if (latestLeads.status !== 200 || latestLeads.body.leads.length > 0) return undefined

  const callAsVisitor = createClient({ baseUrl: urls.api, headers: { 'x-source-key': keys.source } })
  const education = { highestLevel: 'high-school-diploma' } as const
  const matchResponse = await callAsVisitor(matchSchools, {
    body: { careerSlug: 'health-record-technician', zip: '78701', education },
  })
  if (matchResponse.status !== 200) throw new Error(`No school could be shown: ${matchResponse.text}`)
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
  if (leadResponse.status !== 201) throw new Error(`The lead was not taken: ${leadResponse.text}`)
  return { leadId: leadResponse.body.leadId, schools: leadResponse.body.schools.map(({ name }) => name) }
}
