import assert from 'node:assert'
import type { Server } from 'node:net'
import type { Host } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import type { DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

export const sampleSchoolId = 'lone-prairie-college'

/** Gives the campaign of the sample school another endpoint. */
export async function pointCampaign({ urls, keys }: Host, endpoint: DeliveryEndpoint): Promise<void> {
  const staff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const { status } = await staff(records.campaigns.put, {
    params: { id: 'lone-prairie-texas' },
    headers: { 'if-match': '*' },
    body: {
      schoolId: sampleSchoolId,
      programIds: ['lone-prairie-hit-associate'],
      priceCents: 4500,
      endpoint,
    },
  })
  assert.equal(status, 200)
}

/** Sends a lead to the sample school, and returns the ID of its delivery. */
export async function sendLead(host: Host): Promise<string> {
  const page = createVisitor(host)
  const { body } = await page.send(page.form(await page.match(), { schoolIds: [sampleSchoolId] }))
  return body?.schools[0]?.deliveryId ?? ''
}

export function getUrl(server: Server): string {
  const address = server.address()
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`
}
