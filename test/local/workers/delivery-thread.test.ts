import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { inboxMessages, schoolDeliveries } from '#test/journey/local-json.ts'
import { waitUntil } from '../wait-until.ts'
import { getUrl, pointCampaign, sendLead } from './sample-campaign.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'prospectus-thread-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

describe('a host with a delivery thread', () => {
  it('delivers a lead by webhook from the thread, and logs the attempt as the host does', async () => {
    const attempts: unknown[] = []
    const host = await start((event, fields) => event === 'delivery.attempted' && attempts.push(fields))
    const deliveryId = await sendLead(host)
    const [delivery] = await waitUntil(async () => {
      const deliveries = await schoolDeliveries(host)
      return deliveries.length > 0 && deliveries
    })
    expect(delivery).toMatchObject({ webhookId: deliveryId, verified: true, timesSeen: 1 })
    await waitUntil(() => attempts.some((one) => JSON.stringify(one).includes(deliveryId)))
    await host.close()
    expect(readDelivery(deliveryId)).toMatchObject({ state: 'delivered', attempts: 1 })
  })

  it('delivers by email from the main thread', async () => {
    const host = await start()
    await pointCampaign(host, { kind: 'email', to: 'leads@lone-prairie.example' })
    const deliveryId = await sendLead(host)
    await waitUntil(async () => (await inboxMessages(host)).some(({ to }) => to === 'leads@lone-prairie.example'))
    await host.close()
    expect(readDelivery(deliveryId)).toMatchObject({ state: 'delivered', attempts: 1, deliveredBy: 'email' })
  })

  it('sends to the endpoint as staff saved it last', async () => {
    const host = await start()
    await sendLead(host)
    await waitUntil(async () => (await schoolDeliveries(host)).length > 0)
    const paths: string[] = []
    await using school = createServer((request, response) => {
      paths.push(request.url ?? '')
      response.end()
    }).listen(0, '127.0.0.1')
    await once(school, 'listening')
    const expectedPaths = ['/one', '/two', '/three']
    for (const [index, path] of expectedPaths.entries()) {
      await pointCampaign(host, { kind: 'webhook', url: new URL(path, getUrl(school)).href })
      await sendLead(host)
      await waitUntil(() => paths.length > index)
    }
    expect(paths).toEqual(expectedPaths)
    await host.close()
  })

  it('waits for a running attempt when it is closed, and records it', async () => {
    const host = await start()
    let answer = () => {}
    await using school = createServer((_, response) => {
      answer = () => response.end()
      school.emit('reached')
    }).listen(0, '127.0.0.1')
    await once(school, 'listening')
    await pointCampaign(host, { kind: 'webhook', url: getUrl(school) })
    const reached = once(school, 'reached')
    const deliveryId = await sendLead(host)
    await reached

    const closed = host.close()
    answer()
    await closed
    expect(readDelivery(deliveryId)).toMatchObject({ state: 'delivered', attempts: 1 })
  })

  it('ends although a school never responds; the delivery stays leased, and comes due again', async () => {
    const host = await start()
    await using silent = createTcpServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const connection = once(silent, 'connection')
    await pointCampaign(host, { kind: 'webhook', url: getUrl(silent) })
    const deliveryId = await sendLead(host)
    const [socket] = await connection
    await host.close()
    expect(readDelivery(deliveryId)).toMatchObject({
      leaseUntil: expect.any(String),
      dueSk: expect.stringContaining(deliveryId),
    })
    socket.destroy()
  })
})

async function start(log: (event: string, fields: object) => unknown = () => {}): Promise<Host> {
  return startHost({ port: 0, dataDir, deliveryThread: true, log })
}

function readDelivery(deliveryId: string): unknown {
  const database = new DatabaseSync(join(dataDir, 'prospectus.db'))
  const row = database.prepare("SELECT item FROM leads WHERE pk = ? AND sk = 'DELIVERY'").get(`DELIVERY#${deliveryId}`)
  database.close()
  return JSON.parse(String(row?.item))
}
