import createClient from 'openapi-fetch'
import type { MainJob } from './main-job.ts'
import type { paths } from './openapi-typescript/schema.ts'

export const mainJob: MainJob = async ({ api, sourceKey, operatorKey, visitor }) => {
  const page = createClient<paths>({ baseUrl: api, headers: { 'X-Source-Key': sourceKey } })
  const staff = createClient<paths>({ baseUrl: api, headers: { Authorization: `Bearer ${operatorKey}` } })
  const education = { highestLevel: 'high-school-diploma' } as const

  const match = await page.POST('/v1/matches', {
    body: { careerSlug: 'health-record-technician', zip: visitor.zip, education },
  })
  if (!match.data) throw new Error(match.error.title)
  const { matchId, disclosure } = match.data

  const receipt = await page.POST('/v1/leads', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: {
      matchId,
      contact: visitor,
      education,
      consent: { granted: true, sha256: disclosure.sha256 },
      page: { url: 'https://careers.example/health-record-technician' },
    },
  })
  if (!receipt.data) throw new Error(receipt.error.title)
  const { leadId } = receipt.data

  const serverKey = await staff.POST('/v1/ops/keys', {
    body: { holder: { caller: 'source', sourceId: 'sample-landing-page' }, scope: 'server', name: 'openapi-fetch' },
  })
  if (!serverKey.data) throw new Error(serverKey.error.title)
  const lead = await page.GET('/v1/publisher/leads/{leadId}', {
    params: { path: { leadId } },
    headers: { Authorization: `Bearer ${serverKey.data.key}`, 'X-Source-Key': null },
  })
  if (!lead.data) throw new Error(lead.error.title)
  return { receipt: receipt.data, lead: lead.data }
}
