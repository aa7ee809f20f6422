import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { startHost } from '#local/host.ts'
import { differs, moveToAws } from '#local/data/move-to-aws.ts'
import { tables } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'
import { visitor } from '#test/journey/visitor.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const patience = 60_000

describeUnless(missing, 'a move to DynamoDB', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'prospectus-move-'))
    const host = await startHost({ port: 0, dataDir })
    const page = visitor(host)
    await page.send(page.form(await page.match()))
    await host.close()
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  it(
    'brings every row over, and counts and compares both sides',
    async () => {
      const { client, tableNames } = await dynamodbTables(endpoint, tables)
      const seen: number[] = []
      const moved = await moveToAws({ dataDir, client, tableNames, progress: (_, done) => seen.push(done) })
      expect(moved.leads.here.rows).toBeGreaterThan(5)
      expect(moved.catalog.here.rows).toBeGreaterThan(100)
      expect([moved.catalog, moved.leads].some(differs)).toBe(false)
      expect(Math.max(...seen)).toBe(moved.catalog.here.rows)
    },
    patience,
  )

  it(
    'that is broken off goes on where it was',
    async () => {
      const { client, tableNames } = await dynamodbTables(endpoint, tables)
      let batches = 0
      const failing = new Proxy(client, {
        get: (target, name) =>
          name === 'send'
            ? (command: BatchWriteCommand) => {
                if (command instanceof BatchWriteCommand && ++batches > 3) throw new Error('The network is gone.')
                return target.send(command)
              }
            : Reflect.get(target, name),
      })
      const progress = () => {}
      await expect(moveToAws({ dataDir, client: failing, tableNames, progress })).rejects.toThrow('network')
      const done: number[] = []
      const moved = await moveToAws({ dataDir, client, tableNames, progress: (_, count) => done.push(count) })
      expect(done[0]).toBe(100)
      expect([moved.catalog, moved.leads].some(differs)).toBe(false)
    },
    patience,
  )

  it(
    'sees a row that is missing there, and one that is another',
    async () => {
      const { client, tableNames } = await dynamodbTables(endpoint, tables)
      const progress = () => {}
      await moveToAws({ dataDir, client, tableNames, progress })
      const put = (Item: object) =>
        client.send(new BatchWriteCommand({ RequestItems: { [tableNames.leads]: [{ PutRequest: { Item } }] } }))
      await put({ pk: 'LEAD#invented', sk: 'LEAD' })
      const moved = await moveToAws({ dataDir, client, tableNames, progress })
      expect([differs(moved.catalog), differs(moved.leads)]).toEqual([false, true])
    },
    patience,
  )
})
