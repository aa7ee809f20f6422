import type { MainJob } from './main-job.ts'
import { createKey, matchSchools, readPublisherLead, submitLead } from './orval/fetch.ts'
import { connect } from './orval-fetch.ts'

export const mainJob: MainJob = async ({ api, sourceKey, operatorKey, visitor }) => {
  connect(api)
  const education = { highestLevel: 'high-school-diploma' } as const
  const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } })

  const match = await matchSchools(
    { careerSlug: 'health-record-technician', zip: visitor.zip, education },
    { headers: { 'X-Source-Key': sourceKey } },
  )
  if (match.status !== 200) throw new Error(match.data.title)
  const { matchId, disclosure } = match.data

  const receipt = await submitLead(
    {
      matchId,
      contact: visitor,
      education,
      consent: { granted: true, sha256: disclosure.sha256 },
      page: { url: 'https://careers.example/health-record-technician' },
    },
    { headers: { 'X-Source-Key': sourceKey, 'Idempotency-Key': crypto.randomUUID() } },
  )
  if (receipt.status !== 201) throw new Error(receipt.data.title)
  const { leadId } = receipt.data

  const holder = { caller: 'source', sourceId: 'sample-landing-page' } as const
  const serverKey = await createKey({ holder, scope: 'server', name: 'orval' }, bearer(operatorKey))
  if (serverKey.status !== 201) throw new Error(serverKey.data.title)
  const lead = await readPublisherLead(leadId, bearer(serverKey.data.key))
  if (lead.status !== 200) throw new Error(lead.data.title)
  return { receipt: receipt.data, lead: lead.data }
}
