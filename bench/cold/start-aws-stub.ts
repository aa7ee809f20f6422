import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import type { Engine, Query, Row, Value } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'

/**
 * An endpoint that speaks AWS without its latency: reads come from an engine on this machine, writes succeed and change
 * nothing, and each secret has the same value. So the time to a first response is the Lambda's own.
 */
export async function startAwsStub(engine: Engine<Table>, secret: string) {
  async function respond(target: string, body: unknown): Promise<object> {
    const action = target.split('.').at(-1)
    if (action === 'GetSecretValue') return { SecretString: secret }
    if (action === 'GetItem') {
      const { TableName, Key } = getInput.parse(body)
      const row = await engine.get({ in: TableName, key: { pk: Key.pk.S, sk: Key.sk.S } })
      return row ? { Item: toItem(row) } : {}
    }
    if (action === 'Query') {
      const { items } = await engine.query(toQuery(queryInput.parse(body)))
      return { Items: items.map(toItem), Count: items.length }
    }
    return {}
  }

  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse((await text(request)) || '{}')
    const answer = await respond(String(request.headers['x-amz-target']), body)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

const table = z.enum(['catalog', 'leads'])
const stringValue = z.object({ S: z.string() })
const getInput = z.object({ TableName: table, Key: z.object({ pk: stringValue, sk: stringValue }) })
const queryInput = z.object({
  TableName: table,
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string(),
  ExpressionAttributeValues: z.record(z.string(), stringValue),
  ScanIndexForward: z.boolean().optional(),
  Limit: z.number(),
})

/** Reads a query back that `dynamodb-page.ts` has written: a partition, and at most one range. */
function toQuery({ TableName, IndexName, KeyConditionExpression: condition, ...input }: z.output<typeof queryInput>) {
  const [pk = '', first = '', second = ''] = Object.values(input.ExpressionAttributeValues).map(({ S }) => S)
  const range = condition.split(' AND ').slice(1).join(' AND ')
  const sk = range.startsWith('begins_with')
    ? { prefix: first }
    : range.includes('BETWEEN')
      ? { from: first, to: second }
      : range.includes('>=')
        ? { from: first }
        : range.includes('<=')
          ? { to: first }
          : undefined
  const order = input.ScanIndexForward === false ? 'descending' : 'ascending'
  const query: Query<Table> = { in: TableName, pk, limit: input.Limit, order, ...(sk && { sk }) }
  return IndexName === undefined ? query : { ...query, index: IndexName }
}

function toItem(row: Row): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toStored(value)]))
}

function toStored(value: Value): object {
  if (value === null) return { NULL: true }
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return { L: value.map(toStored) }
  return { M: Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toStored(each)])) }
}
