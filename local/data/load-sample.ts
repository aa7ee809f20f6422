import * as z from 'zod'
import { type SampleRecord, sample } from '../sample/sample.ts'
import type { Endpoint } from '../pages/sample-school.ts'
import type { Staff } from './staff.ts'

type Setup = { schoolUrl: string; endpointOf: (schoolId: string) => Endpoint }

/** Makes sure that there is a source, and so a sample to try, and says the publishable key of one. */
export async function loadSample(staff: Staff, setup: Setup): Promise<string> {
  const before = await sourceKey(staff)
  if (before !== undefined) {
    await followSchool(staff, setup)
    return before
  }
  // Sources come last: what a sudden end left half-written is written again.
  for (const { kind, id, body } of sample({ webhookUrl: setup.schoolUrl }).map((record) => signed(record, setup)))
    await staff('PUT', `/v1/ops/${kind}/${id}`, { body })
  const key = await sourceKey(staff)
  if (key === undefined) throw new Error('The sample has no source.')
  return key
}

/** Sample campaigns go to the sample school, so they are signed with the secret that it knows. */
function signed(record: SampleRecord, { endpointOf }: Setup): SampleRecord {
  const { data: campaign } = record.kind === 'campaigns' ? webhookCampaign.safeParse(record.body) : {}
  if (!campaign) return record
  const { secret } = endpointOf(campaign.schoolId)
  return { ...record, body: { ...campaign, endpoint: { ...campaign.endpoint, secret } } }
}

async function sourceKey(staff: Staff): Promise<string | undefined> {
  const { records } = sources.parse(await staff('GET', '/v1/ops/sources?limit=100'))
  return (records.find(({ id }) => id === 'sample-landing-page') ?? records[0])?.key
}

/** The sample school moves with the port of this host: campaigns that lead to where it was are pointed to where it is. */
async function followSchool(staff: Staff, { schoolUrl }: Setup): Promise<void> {
  for (const record of await everyCampaign(staff)) {
    const { data: campaign } = webhookCampaign.safeParse(record)
    const url = campaign?.endpoint.url.replace(/^http:\/\/127\.0\.0\.1:\d+\/school(?=\/)/, schoolUrl)
    if (!campaign || url === campaign.endpoint.url) continue
    const { id, version, updatedAt: _, ...body } = campaign
    const moved = { ...body, endpoint: { ...body.endpoint, url } }
    await staff('PUT', `/v1/ops/campaigns/${id}`, { body: moved, ifMatch: `"${version}"` })
  }
}

async function everyCampaign(staff: Staff): Promise<unknown[]> {
  const found: unknown[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { records, page } = campaigns.parse(
      await staff('GET', `/v1/ops/campaigns?limit=100${cursor && `&cursor=${cursor}`}`),
    )
    found.push(...records)
    cursor = page.nextCursor
  }
  return found
}

const sources = z.object({ records: z.array(z.object({ id: z.string(), key: z.string() })) })
const campaigns = z.object({ records: z.array(z.unknown()), page: z.object({ nextCursor: z.string().nullable() }) })
const webhookCampaign = z.looseObject({
  schoolId: z.string(),
  endpoint: z.looseObject({ kind: z.literal('webhook'), url: z.string() }),
})
