import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { firstLead } from '#local/pages/first-lead.ts'
import { client } from '#shared/contract/client.ts'
import { readLead } from '#shared/contract/operator.ts'

describe('the first lead', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('is taken by the schools that are printed, and is sent once a day', async () => {
    const { leadId = '', schools } = (await firstLead(host)) ?? {}
    const staff = client({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const story = await staff(readLead, { params: { leadId } })
    expect(story.status === 200 && story.body.outcome).toBe('accepted')
    expect(story.status === 200 && story.body.deliveries.map(({ schoolName }) => schoolName).toSorted()).toEqual(
      schools?.toSorted(),
    )
    expect(await firstLead(host)).toBeUndefined()
  })

  it('says why where it cannot be sent', async () => {
    const empty = await startHost({ port: 0 })
    await expect(firstLead({ ...empty, keys: { ...empty.keys, source: 'pk_none' } })).rejects.toThrow('KEY_UNKNOWN')
    await empty.close()
  })
})
