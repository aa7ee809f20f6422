// What a good engineer writes by hand in an afternoon: Fastify and SQLite, durable as ours, a signed webhook and its outcome.
// It is run from the folder in which Fastify is installed, so that it is no package of this project.
import { createHmac, randomUUID } from 'node:crypto'
import { Agent, request as send } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import Fastify from 'fastify'

const [path, webhookUrl] = process.argv.slice(2)
const database = new DatabaseSync(path)
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE leads (id TEXT PRIMARY KEY, at TEXT, document TEXT);
  CREATE TABLE deliveries (id TEXT PRIMARY KEY, lead TEXT, state TEXT, at TEXT);
`)
const insertLead = database.prepare('INSERT INTO leads VALUES (?, ?, ?)')
const insertDelivery = database.prepare('INSERT INTO deliveries VALUES (?, ?, ?, ?)')
const updateDelivery = database.prepare('UPDATE deliveries SET state = ?, at = ? WHERE id = ?')
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const secret = Buffer.alloc(32, 7)

function deliver(id, body) {
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  const settle = (state) => updateDelivery.run(state, new Date().toISOString(), id)
  const outgoing = send(webhookUrl, { method: 'POST', agent, headers }, (response) => {
    response.resume()
    response.on('end', () => settle(response.statusCode === 200 ? 'delivered' : 'failed'))
  })
  outgoing.on('error', () => settle('failed'))
  outgoing.end(body)
}

const text = { type: 'string' }
const schema = {
  body: { type: 'object', required: ['email', 'phone', 'zip'], properties: { email: text, phone: text, zip: text } },
}
const app = Fastify()
app.post('/leads', { schema }, (incoming, reply) => {
  const [id, deliveryId, at] = [randomUUID(), randomUUID(), new Date().toISOString()]
  const body = JSON.stringify({ id, ...incoming.body })
  database.exec('BEGIN')
  insertLead.run(id, at, body)
  insertDelivery.run(deliveryId, id, 'pending', at)
  database.exec('COMMIT')
  deliver(deliveryId, body)
  return reply.code(201).send({ id })
})
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ base: `http://127.0.0.1:${app.server.address().port}` }))
