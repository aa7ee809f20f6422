import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { hasDifferences, migrateToAws } from '#local/data/migrate-to-aws.ts'
import { startHost } from '#local/host.ts'
import { tables } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

const { endpoint, missing } = inject('dynamodbLocal')

describeUnless(missing, 'migration to DynamoDB', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'prospectus-move-'))
    const host = await startHost({ port: 0, dataDir })
    const page = createVisitor(host)
    await page.send(page.form(await page.match()))
    await host.close()
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  it('copies every row, and counts and compares both sides', async () => {
    const { client, tableNames } = await dynamodbTables(endpoint, tables)
    const progressCounts: number[] = []
    const result = await migrateToAws({
      dataDir,
      client,
      tableNames,
      progress: (_, copiedRows) => progressCounts.push(copiedRows),
    })
    expect(result.leads.local.rows).toBeGreaterThan(5)
    expect(result.catalog.local.rows).toBeGreaterThan(100)
    expect([result.catalog, result.leads].some(hasDifferences)).toBe(false)
    expect(Math.max(...progressCounts)).toBe(result.catalog.local.rows)
  })

  it('resumes after an interruption', async () => {
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
    await expect(migrateToAws({ dataDir, client: failing, tableNames, progress })).rejects.toThrow('network')
    const progressCounts: number[] = []
    const result = await migrateToAws({
      dataDir,
      client,
      tableNames,
      progress: (_, count) => progressCounts.push(count),
    })
    expect(progressCounts[0]).toBe(100)
    expect([result.catalog, result.leads].some(hasDifferences)).toBe(false)
  })

  it('reports a row that is missing in DynamoDB and one that differs', async () => {
    const { client, tableNames } = await dynamodbTables(endpoint, tables)
    const progress = () => {}
    await migrateToAws({ dataDir, client, tableNames, progress })
    const put = (Item: object) =>
      client.send(new BatchWriteCommand({ RequestItems: { [tableNames.leads]: [{ PutRequest: { Item } }] } }))
    await put({ pk: 'LEAD#invented', sk: 'LEAD' })
    const result = await migrateToAws({ dataDir, client, tableNames, progress })
    expect([hasDifferences(result.catalog), hasDifferences(result.leads)]).toEqual([false, true])
  })
})
