import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { sendFirstLead } from '#local/pages/send-first-lead.ts'
import { readLead } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'

describe('first lead', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('is accepted by the printed schools, and is sent only once', async () => {
    const { leadId = '', schools } = (await sendFirstLead(host)) ?? {}
    const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const leadResponse = await staff(readLead, { params: { leadId } })
    expect(leadResponse.status === 200 && leadResponse.body.outcome).toBe('accepted')
    expect(
      leadResponse.status === 200 && leadResponse.body.deliveries.map(({ schoolName }) => schoolName).toSorted(),
    ).toEqual(schools?.toSorted())
    expect(await sendFirstLead(host)).toBeUndefined()
  })

  it('is reported with the reason if it cannot be sent', async () => {
    const empty = await startHost({ port: 0 })
    await expect(sendFirstLead({ ...empty, keys: { ...empty.keys, source: 'pk_none' } })).rejects.toThrow('KEY_INVALID')
    await empty.close()
  })
})
