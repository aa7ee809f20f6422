import { client } from './hey-api/client.gen'
import { createKey, matchSchools, readPublisherLead, submitLead } from './hey-api/sdk.gen'
import type { MainJob } from './main-job.ts'

export const mainJob: MainJob = async ({ api, sourceKey, operatorKey, visitor }) => {
  client.setConfig({ baseUrl: api, throwOnError: true })
  const page = { headers: { 'X-Source-Key': sourceKey }, throwOnError: true } as const
  const education = { highestLevel: 'high-school-diploma' } as const

  const { data: match } = await matchSchools({
    ...page,
    body: { careerSlug: 'health-record-technician', zip: visitor.zip, education },
  })
  const { data: receipt } = await submitLead({
    throwOnError: true,
    headers: { 'X-Source-Key': sourceKey, 'Idempotency-Key': crypto.randomUUID() },
    body: {
      matchId: match.matchId,
      contact: visitor,
      education,
      consent: { granted: true, sha256: match.disclosure.sha256 },
      page: { url: 'https://careers.example/health-record-technician' },
    },
  })

  const { data: serverKey } = await createKey({
    throwOnError: true,
    auth: operatorKey,
    body: { holder: { caller: 'source', sourceId: 'sample-landing-page' }, scope: 'server', name: 'hey-api' },
  })
  const { data: lead } = await readPublisherLead({
    throwOnError: true,
    auth: ({ scheme }) => (scheme === 'bearer' ? serverKey.key : undefined),
    path: { leadId: receipt.leadId },
  })
  return { receipt, lead }
}
