import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { client } from '#shared/contract/client.ts'
import { schoolDeliveries } from '#test/journey/local-json.ts'
import { visitor } from '#test/journey/visitor.ts'
import { eventually } from '../eventually.ts'

const schoolId = 'lone-prairie-college'

describe('a delivery', () => {
  it('is tried again by the sweeper, with the same webhook-id, until the school can take it', async () => {
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
    await sendTo(host, await closedPort())
    const deliveryId = await sendLead(host)
    await eventually(() => attempts.length > 0)

    await sendTo(host, `${host.urls.school}/${schoolId}`)
    now = new Date(now.getTime() + 10_000)
    const [had] = await eventually(async () => {
      const deliveries = await schoolDeliveries(host)
      return deliveries.length > 0 && deliveries
    })
    expect(had).toMatchObject({ webhookId: deliveryId, verified: true, timesSeen: 1 })
    await eventually(() => attempts.at(-1) === 'delivered')
    expect(attempts).toEqual(['retry', 'delivered'])
    await host.close()
  })

  it('that gets no answer does not keep the host from ending', async () => {
    await using silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const called = once(silent, 'connection')
    const host = await startHost({ port: 0 })
    await sendTo(host, urlOf(silent))
    await sendLead(host)
    const [socket] = await called

    const began = performance.now()
    await host.close()
    expect(performance.now() - began).toBeLessThan(5500)
    socket.destroy()
  })
})

async function sendTo({ urls, keys }: Host, url: string) {
  const staff = client({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const params = { id: 'lone-prairie-texas' }
  const terms = { schoolId, programIds: ['lone-prairie-hit-associate'], priceCents: 4500 }
  const { status } = await staff(records.campaigns.put, {
    params,
    body: { ...terms, endpoint: { kind: 'webhook', url } },
  })
  expect(status).toBe(200)
}

async function sendLead(host: Host): Promise<string | undefined> {
  const page = visitor(host)
  const { body } = await page.send(page.form(await page.match(), { schoolIds: [schoolId] }))
  return body?.schools[0]?.deliveryId
}

async function closedPort(): Promise<string> {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return urlOf(server)
}

function urlOf(server: ReturnType<typeof createServer>): string {
  const address = server.address()
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`
}
