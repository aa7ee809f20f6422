import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import type { EventCounter } from '../proof/create-event-counter.ts'

export type TimedSchool = Awaited<ReturnType<typeof openTimedSchool>>
type TimedSchoolSetup = {
  id: string
  manner: 'answers' | 'hangs'
  answersAfterMs?: number
  arrivalEvents: EventCounter
}

/** A school that records when each delivery first arrived. A hanging school accepts connections and never responds. */
export async function openTimedSchool({ id, manner, answersAfterMs = 0, arrivalEvents }: TimedSchoolSetup) {
  const arrivals = new Map<string, number>()
  const connections = { open: 0, maxOpen: 0, ended: 0 }
  const server = createServer(async (request, response) => {
    const webhookId = String(request.headers['webhook-id'])
    if (!arrivals.has(webhookId)) arrivals.set(webhookId, performance.now())
    connections.open += 1
    connections.maxOpen = Math.max(connections.maxOpen, connections.open)
    response.on('close', () => {
      connections.open -= 1
      connections.ended += 1
    })
    arrivalEvents.increment()
    request.resume()
    if (manner === 'answers') setTimeout(() => response.writeHead(204).end(), answersAfterMs)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    id,
    manner,
    arrivals,
    seen: connections,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret: createWebhookSecret((size) => new Uint8Array(size).fill(7)),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
