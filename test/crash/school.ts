import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Webhook } from 'standardwebhooks'
import * as z from 'zod'
import { receiver } from '#docs/receivers/receiver.ts'
import { newWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import type { Dice } from './proof/dice.ts'
import type { News } from './proof/news.ts'

const request = z.strictObject({
  webhookId: z.string(),
  leadId: z.string(),
  sha256: z.string(),
  verified: z.boolean(),
})
/** One request as the school's own log has it. */
export type Logged = z.output<typeof request>
/** What a school does beyond its duty: hangs up once the lead is committed, or answers 500 before or after that. */
export type Mishap = 'hangs-up' | 'fails-before' | 'fails-after'
export type School = Awaited<ReturnType<typeof openSchool>>
type Setup = { id: string; folder: string; dice: Dice; mishapsIn100: number; arrived: News; kept: News }

/**
 * A school with the example receiver, behind a recorder that writes each request down before the receiver sees it, and
 * that sometimes has a mishap, so that there are repeats to be told apart.
 */
export async function openSchool({ id, folder, dice, mishapsIn100, arrived, kept }: Setup) {
  const secret = newWebhookSecret((size) => new Uint8Array(size).map(() => dice.below(256)))
  const webhook = new Webhook(secret)
  const [log, file] = [join(folder, `${id}.log`), join(folder, `${id}.db`)]
  appendFileSync(log, '')
  const inside = await listening(receiver({ secret, file }))
  const keptIds = new Set<string>()
  const seen = new Set<string>()
  let isWell = false
  const mishaps = { 'hangs-up': 0, 'fails-before': 0, 'fails-after': 0 }

  // Only when an id comes for the first time: a third failure would be tried again only after minutes.
  function nextMishap(webhookId: string): Mishap | undefined {
    const isRepeat = seen.has(webhookId)
    seen.add(webhookId)
    if (isWell || isRepeat || dice.below(100) >= mishapsIn100) return undefined
    const mishap = dice.oneOf<Mishap>(['hangs-up', 'fails-before', 'fails-after'])
    mishaps[mishap] += 1
    return mishap
  }

  const recorder = await listening(
    createServer(async (request, response) => {
      try {
        await take(request, response)
      } catch {
        // The host was killed while it sent.
        response.destroy()
      }
    }),
  )

  async function take(request: IncomingMessage, response: ServerResponse) {
    const body = Buffer.concat(await request.toArray())
    const webhookId = String(request.headers['webhook-id'])
    const line: Logged = {
      webhookId,
      leadId: leadIn(body.toString()),
      sha256: createHash('sha256').update(body).digest('hex'),
      verified: isSigned(webhook, body, request.headers),
    }
    appendFileSync(log, `${JSON.stringify(line)}\n`)
    arrived.tell()
    const mishap = nextMishap(webhookId)
    if (mishap === 'fails-before') return response.writeHead(500).end()
    const { status } = await fetch(urlOf(inside), { method: 'POST', headers: signatureOf(request), body })
    if (status === 204) {
      keptIds.add(webhookId)
      kept.tell()
    }
    if (mishap === 'hangs-up') return response.destroy()
    response.writeHead(mishap === 'fails-after' ? 500 : status).end()
  }

  return {
    id,
    secret,
    url: urlOf(recorder),
    mishaps,
    /** There are no more mishaps. */
    recover() {
      isWell = true
    },
    has: (webhookId: string) => keptIds.has(webhookId),
    async close() {
      await Promise.all([recorder, inside].map(closed))
    },
    /** What it wrote down, and what its receiver has, once it is closed. */
    evidence() {
      const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean)
      using database = new DatabaseSync(file)
      const records = database.prepare('SELECT id FROM leads').all()
      return {
        log: lines.map((line) => request.parse(JSON.parse(line))),
        records: records.map((row) => String(row.id)),
      }
    },
  }
}

const leadCreated = z.object({ data: z.object({ leadId: z.string() }) })

function leadIn(body: string): string {
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

function signatureOf({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('webhook-') ? [[name, String(value)] satisfies [string, string]] : [],
  )
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
