import * as z from 'zod'
import type { SampleEndpoint } from '../pages/create-sample-school.ts'
import { buildSample, type SampleRecord } from '../sample/build-sample.ts'
import { sampleSourceId } from '../sample/sources.ts'
import type { StaffCall } from './create-staff-call.ts'

type Setup = { schoolUrl: string; getEndpoint: (schoolId: string) => SampleEndpoint }

/** Loads the sample data unless a source exists, and returns the publishable key of a source. */
export async function loadSample(callAsStaff: StaffCall, setup: Setup): Promise<string> {
  const existingKey = await findSourceKey(callAsStaff)
  if (existingKey !== undefined) {
    await repointCampaigns(callAsStaff, setup)
    return existingKey
  }
  // Sources are written last, so that an interrupted load is repeated.
  for (const { kind, id, body } of buildSample({ webhookUrl: setup.schoolUrl }).map((record) =>
    signRecord(record, setup),
  ))
    await callAsStaff('PUT', `/v1/ops/${kind}/${id}`, { body, overwrite: true })
  const key = await findSourceKey(callAsStaff)
  if (key === undefined) throw new Error('The sample has no source.')
  return key
}

/** Points sample campaigns to the sample school, with the secret that it verifies. */
function signRecord(record: SampleRecord, { getEndpoint }: Setup): SampleRecord {
  const { data: campaign } = record.kind === 'campaigns' ? webhookCampaign.safeParse(record.body) : {}
  if (!campaign) return record
  const { secret } = getEndpoint(campaign.schoolId)
  return { ...record, body: { ...campaign, endpoint: { ...campaign.endpoint, secret } } }
}

async function findSourceKey(callAsStaff: StaffCall): Promise<string | undefined> {
  const records = await listSources(callAsStaff)
  return (records.find(({ id }) => id === sampleSourceId) ?? records[0])?.key
}

/** The sources with their publishable keys. There is none before the sample was loaded. */
export async function listSources(callAsStaff: StaffCall): Promise<{ id: string; key: string }[]> {
  return sourcesResponse.parse(await callAsStaff('GET', '/v1/ops/sources?limit=100')).records
}

/** Updates the URLs of sample campaigns after a change of this host's port. */
async function repointCampaigns(callAsStaff: StaffCall, { schoolUrl }: Setup): Promise<void> {
  for (const record of await listAllCampaigns(callAsStaff)) {
    const { data: campaign } = webhookCampaign.safeParse(record)
    const url = campaign?.endpoint.url.replace(/^http:\/\/127\.0\.0\.1:\d+\/school(?=\/)/, schoolUrl)
    if (!campaign || url === campaign.endpoint.url) continue
    const { id, version } = campaign
    const repointedBody = { ...campaign, endpoint: { ...campaign.endpoint, url } }
    await callAsStaff('PUT', `/v1/ops/campaigns/${id}`, { body: repointedBody, ifMatch: `"${version}"` })
  }
}

async function listAllCampaigns(callAsStaff: StaffCall): Promise<unknown[]> {
  const allCampaigns: unknown[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { records, page } = campaignsResponse.parse(
      await callAsStaff('GET', `/v1/ops/campaigns?limit=100${cursor && `&cursor=${cursor}`}`),
    )
    allCampaigns.push(...records)
    cursor = page.nextCursor
  }
  return allCampaigns
}

const sourcesResponse = z.object({ records: z.array(z.object({ id: z.string(), key: z.string() })) })
const campaignsResponse = z.object({
  records: z.array(z.unknown()),
  page: z.object({ nextCursor: z.string().nullable() }),
})
const webhookCampaign = z.looseObject({
  schoolId: z.string(),
  endpoint: z.looseObject({ kind: z.literal('webhook'), url: z.string() }),
})
