import { createServer, type Server } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { Webhook } from 'standardwebhooks'

/**
 * Receives leads for a school. Copy it, and read leads from the table `leads`: each is there once, however often it was sent.
 * 401: the signature is not ours, or older than five minutes. 204: the lead is stored. 500: it could not be stored. A lead without a body was erased
 * because its person asked for it, and stays erased if it arrives later. `withdrawals` has the IDs of leads whose person
 * withdrew consent: contact none of them.
 */
export function createReceiver({ secret, file }: { secret: string; file: string }): Server {
  const webhook = new Webhook(secret)
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE IF NOT EXISTS leads (id TEXT PRIMARY KEY, body TEXT) STRICT')
  database.exec('CREATE TABLE IF NOT EXISTS withdrawals (id TEXT PRIMARY KEY) STRICT')
  const insertLead = database.prepare('INSERT INTO leads (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const eraseLead = database.prepare('INSERT INTO leads (id) VALUES (?) ON CONFLICT DO UPDATE SET body = NULL')
  const stopContact = database.prepare('INSERT INTO withdrawals (id) VALUES (?) ON CONFLICT DO NOTHING')

  const server = createServer(async (request, response) => {
    try {
      const body = Buffer.concat(await request.toArray())
      if (!isSigned(webhook, body, request.headers)) return response.writeHead(401).end()
      // Commit before the response: after a 2xx the sender no longer keeps the lead for you.
      const { type, data } = JSON.parse(body.toString())
      if (type === 'lead.erased') eraseLead.run(data.deliveryId)
      else if (type === 'consent.withdrawn') stopContact.run(data.deliveryId)
      else insertLead.run(String(request.headers['webhook-id']), body.toString())
      response.writeHead(204).end()
    } catch (error) {
      // A full disk, for example. Prospectus sends the lead again later. The log has no data of a person.
      if (!request.errored)
        console.error('A lead could not be stored:', error instanceof SyntaxError ? 'no JSON' : error)
      response.writeHead(500).end()
    }
  })
  return server.on('close', () => database.close())
}

function isSigned(webhook: Webhook, body: Buffer, headers: object): boolean {
  try {
    webhook.verify(body, { ...headers })
    return true
  } catch {
    return false
  }
}

if (import.meta.main) {
  const { WEBHOOK_SECRET = '', DATABASE = 'leads.db', PORT = '8080' } = process.env
  createReceiver({ secret: WEBHOOK_SECRET, file: DATABASE }).listen(Number(PORT), () => console.log('Ready for leads.'))
}
