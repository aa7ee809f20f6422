import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startHost } from '#local/host.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { schoolDeliveries } from '#test/journey/local-json.ts'
import { waitUntil } from '../wait-until.ts'
import { getUrl, pointCampaign, sampleSchoolId, sendLead } from './sample-campaign.ts'

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
    await pointCampaign(host, { kind: 'webhook', url: await closedPort() })
    const deliveryId = await sendLead(host)
    await waitUntil(() => attempts.length > 0)

    await pointCampaign(host, { kind: 'webhook', url: `${host.urls.school}/${sampleSchoolId}` })
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
    await pointCampaign(host, { kind: 'webhook', url: getUrl(silent) })
    await sendLead(host)
    const [socket] = await connection

    const startedAt = performance.now()
    await host.close()
    // The attempt would go on for its 15 seconds.
    expect(performance.now() - startedAt).toBeLessThan(attemptTimes.deadlineSeconds * 1000)
    socket.destroy()
  })
})

async function closedPort(): Promise<string> {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return getUrl(server)
}
