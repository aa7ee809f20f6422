import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Webhook } from 'standardwebhooks'
import * as z from 'zod'
import { createReceiver } from '#docs/receivers/receiver.ts'
import { createWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import type { EventCounter } from './proof/create-event-counter.ts'
import type { RandomSource } from './proof/create-random.ts'

const loggedRequestSchema = z.strictObject({
  webhookId: z.string(),
  leadId: z.string(),
  sha256: z.string(),
  verified: z.boolean(),
})
/** One request in the school's log. */
export type LoggedRequest = z.output<typeof loggedRequestSchema>
/** Faults of a school: it hangs up after the commit, or answers 500 before or after it. */
export type SchoolMishap = 'hangs-up' | 'fails-before' | 'fails-after'
export type CrashSchool = Awaited<ReturnType<typeof openSchool>>
type SchoolSetup = {
  id: string
  folder: string
  random: RandomSource
  mishapsIn100: number
  schoolRequests: EventCounter
  storedRecords: EventCounter
}

/**
 * A school with the example receiver, behind a recorder that logs each request first and sometimes injects a fault, so that there are
 * repeats.
 */
export async function openSchool({ id, folder, random, mishapsIn100, schoolRequests, storedRecords }: SchoolSetup) {
  const secret = createWebhookSecret((size) => new Uint8Array(size).map(() => random.below(256)))
  const webhook = new Webhook(secret)
  const [log, file] = [join(folder, `${id}.log`), join(folder, `${id}.db`)]
  appendFileSync(log, '')
  const receiverServer = await listen(createReceiver({ secret, file }))
  const storedIds = new Set<string>()
  const seenIds = new Set<string>()
  let hasRecovered = false
  const mishaps = { 'hangs-up': 0, 'fails-before': 0, 'fails-after': 0 }

  // Only for the first request of an ID: a third failure would be retried only after minutes.
  function nextMishap(webhookId: string): SchoolMishap | undefined {
    const isRepeat = seenIds.has(webhookId)
    seenIds.add(webhookId)
    if (hasRecovered || isRepeat || random.below(100) >= mishapsIn100) return undefined
    const mishap = random.oneOf<SchoolMishap>(['hangs-up', 'fails-before', 'fails-after'])
    mishaps[mishap] += 1
    return mishap
  }

  const recorder = await listen(
    createServer(async (request, response) => {
      try {
        await handleRequest(request, response)
      } catch {
        // The host was killed during the request.
        response.destroy()
      }
    }),
  )

  async function handleRequest(request: IncomingMessage, response: ServerResponse) {
    const body = Buffer.concat(await request.toArray())
    const webhookId = String(request.headers['webhook-id'])
    const loggedRequest: LoggedRequest = {
      webhookId,
      leadId: parseLeadId(body.toString()),
      sha256: createHash('sha256').update(body).digest('hex'),
      verified: isSigned(webhook, body, request.headers),
    }
    appendFileSync(log, `${JSON.stringify(loggedRequest)}\n`)
    schoolRequests.increment()
    const mishap = nextMishap(webhookId)
    if (mishap === 'fails-before') return response.writeHead(500).end()
    const { status } = await fetch(getServerUrl(receiverServer), {
      method: 'POST',
      headers: toSignatureHeaders(request),
      body,
    })
    if (status === 204) {
      storedIds.add(webhookId)
      storedRecords.increment()
    }
    if (mishap === 'hangs-up') return response.destroy()
    response.writeHead(mishap === 'fails-after' ? 500 : status).end()
  }

  return {
    id,
    secret,
    url: getServerUrl(recorder),
    mishaps,
    /** Injects no more faults. */
    recover() {
      hasRecovered = true
    },
    has: (webhookId: string) => storedIds.has(webhookId),
    async close() {
      await Promise.all([recorder, receiverServer].map(closeServer))
    },
    /** Closes the school and returns its log and the records of its receiver. */
    evidence() {
      const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean)
      using database = new DatabaseSync(file)
      const records = database.prepare('SELECT id FROM leads').all()
      return {
        log: lines.map((line) => loggedRequestSchema.parse(JSON.parse(line))),
        records: records.map((row) => String(row.id)),
      }
    },
  }
}

const leadCreated = z.object({ data: z.object({ leadId: z.string() }) })

function parseLeadId(body: string): string {
  return leadCreated.parse(JSON.parse(body)).data.leadId
}

function isSigned(webhook: Webhook, body: Buffer, headers: object): boolean {
  try {
    webhook.verify(body, { ...headers })
    return true
  } catch {
    return false
  }
}

function toSignatureHeaders({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('webhook-') ? [[name, String(value)] satisfies [string, string]] : [],
  )
}

async function listen(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

function getServerUrl(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
