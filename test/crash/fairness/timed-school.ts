import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import type { News } from '../proof/news.ts'

export type TimedSchool = Awaited<ReturnType<typeof openTimedSchool>>
type Setup = { id: string; manner: 'answers' | 'hangs'; answersAfterMs?: number; arrived: News }

/** A school that notes when each delivery first arrived. One that hangs accepts everything and never answers. */
export async function openTimedSchool({ id, manner, answersAfterMs = 0, arrived }: Setup) {
  const arrivals = new Map<string, number>()
  const seen = { open: 0, mostOpen: 0, ended: 0 }
  const server = createServer(async (request, response) => {
    const webhookId = String(request.headers['webhook-id'])
    if (!arrivals.has(webhookId)) arrivals.set(webhookId, performance.now())
    seen.open += 1
    seen.mostOpen = Math.max(seen.mostOpen, seen.open)
    response.on('close', () => {
      seen.open -= 1
      seen.ended += 1
    })
    arrived.tell()
    request.resume()
    if (manner === 'answers') setTimeout(() => response.writeHead(204).end(), answersAfterMs)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    id,
    manner,
    arrivals,
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret: newWebhookSecret((size) => new Uint8Array(size).fill(7)),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
