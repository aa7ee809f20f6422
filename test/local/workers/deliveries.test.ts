import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'
import { schoolDeliveries } from '#test/journey/local-json.ts'
import { waitUntil } from '../wait-until.ts'

const schoolId = 'lone-prairie-college'

describe('delivery on the local host', () => {
  it('is retried by the sweeper with the same webhook-id until the school accepts it', async () => {
    let now = new Date()
    const attempts: string[] = []
    const host = await startHost({
      port: 0,
      now: () => now,
      periods: { sweep: 0.05 },
      log: (event, fields) => {
        if (event === 'delivery.attempted' && 'outcome' in fields) attempts.push(fields.outcome)
      },
    })
    await pointCampaign(host, await closedPort())
    const deliveryId = await sendLead(host)
    await waitUntil(() => attempts.length > 0)

    await pointCampaign(host, `${host.urls.school}/${schoolId}`)
    now = new Date(now.getTime() + 10_000)
    const [delivery] = await waitUntil(async () => {
      const deliveries = await schoolDeliveries(host)
      return deliveries.length > 0 && deliveries
    })
    expect(delivery).toMatchObject({ webhookId: deliveryId, verified: true, timesSeen: 1 })
    await waitUntil(() => attempts.at(-1) === 'delivered')
    expect(attempts).toEqual(['retry', 'delivered'])
    await host.close()
  })

  it('does not keep the host from exiting if the school never responds', async () => {
    await using silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const connection = once(silent, 'connection')
    const host = await startHost({ port: 0 })
    await pointCampaign(host, getUrl(silent))
    await sendLead(host)
    const [socket] = await connection

    const startedAt = performance.now()
    await host.close()
    expect(performance.now() - startedAt).toBeLessThan(5500)
    socket.destroy()
  })
})

async function pointCampaign({ urls, keys }: Host, url: string) {
  const staff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const params = { id: 'lone-prairie-texas' }
  const terms = { schoolId, programIds: ['lone-prairie-hit-associate'], priceCents: 4500 }
  const { status } = await staff(records.campaigns.put, {
    params,
    headers: { 'if-match': '*' },
    body: { ...terms, endpoint: { kind: 'webhook', url } },
  })
  expect(status).toBe(200)
}

async function sendLead(host: Host): Promise<string | undefined> {
  const page = createVisitor(host)
  const { body } = await page.send(page.form(await page.match(), { schoolIds: [schoolId] }))
  return body?.schools[0]?.deliveryId
}

async function closedPort(): Promise<string> {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return getUrl(server)
}

function getUrl(server: ReturnType<typeof createServer>): string {
  const address = server.address()
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`
}
