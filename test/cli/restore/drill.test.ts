import { setTimeout as sleep } from 'node:timers/promises'
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { expect, inject, it } from 'vitest'
import { createTableAdmin } from '#cli/restore/create-table-admin.ts'
import { planRestore, restoreStage } from '#cli/restore/restore-stage.ts'
import { createDynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { leadKey, recordKey, type Table, tables } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'
import {
  aLead,
  createTestSystem,
  postLead,
  readLead,
  requestMatch,
  submitTestLead,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'
import { startControlPlane } from './start-control-plane.ts'

const { endpoint, missing } = inject('dynamodbLocal')
const timeoutMs = 300_000
const encryptionKey = 'arn:aws:kms:us-east-1:111122223333:key/leads'
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

describeUnless(missing, 'a restore drill', () => {
  it(
    'recovers what an accident deleted, and undoes nothing of what people and schools did since',
    async () => {
      const drill = await prepareDrill()
      const { system, api, client, tableNames, plane, restore, useTables } = drill
      const lost = (await submitTestLead(system, 1)).leadId
      const erased = (await submitTestLead(system, 3)).leadId
      const withdrawn = (await submitTestLead(system, 4)).leadId
      await deliverDue(system)
      const waiting = (await submitTestLead(system, 2)).leadId
      const { key: revokedKey, keyId } = await api.createApiKey({ caller: 'operator' }, 'read')
      await plane.takeSnapshot(tableNames.catalog)
      await plane.takeSnapshot(tableNames.leads)

      // The hour since: one delivered, one erased, one withdrawn, one new, a key revoked, and then the accident.
      api.advanceClock(3600)
      await deliverDue(system)
      await api.staff('POST', '/v1/ops/erasures', { body: { email: 'ada3@mail.example' } })
      await api.staff('POST', '/v1/ops/suppressions', { body: { email: 'ada4@mail.example', reason: 'A call.' } })
      await api.continueWithdrawals()
      await deliverDue(system)
      const accepted = (await submitTestLead(system, 5)).leadId
      await api.staff('DELETE', `/v1/ops/keys/${keyId}`)
      const sentBefore = countLeadsSent(api)
      await deleteRow(client, tableNames.leads, leadKey(lost))
      await deleteRow(client, tableNames.catalog, recordKey('schools', 'bay-shore'))
      expect((await api.staff('GET', `/v1/ops/leads/${lost}`)).status).toBe(404)

      // During the maintenance a lead is refused, not lost: its page sends it again afterwards.
      const match = await requestMatch(system)
      api.maintenance.isOn = true
      const headers = { 'idempotency-key': 'form-6' }
      const refusal = await postLead(system, aLead(match, 6), headers)
      expect(refusal).toMatchObject({ status: 503, headers: { 'retry-after': '60' } })
      const { tables: names, comparisons } = await restore()
      expect(comparisons.leads?.kinds).toMatchObject({
        lead: { recovered: 1, reverted: 0 },
        delivery: { recovered: 0 },
      })
      expect(comparisons.catalog?.kinds).toMatchObject({ record: { recovered: 1, copied: 0 }, key: { removed: 1 } })
      useTables(names)
      api.maintenance.isOn = false

      expect((await postLead(system, aLead(match, 6), headers)).status).toBe(201)
      expect((await api.staff('GET', '/v1/ops/schools/bay-shore')).status).toBe(200)
      for (const leadId of [lost, waiting, accepted])
        expect(await readLead(system, leadId)).toMatchObject({ outcome: 'accepted' })
      expect(await readLead(system, erased)).toHaveProperty('erased.erasedAt')
      expect(await readLead(system, withdrawn)).toHaveProperty('withdrawnAt')
      expect(
        (await api.staff('POST', '/v1/ops/lead-searches', { body: { email: 'ada3@mail.example' } })).text,
      ).not.toContain('lead_')
      expect(
        (await api.call('GET', '/v1/ops/leads', { headers: { authorization: `Bearer ${revokedKey}` } })).status,
      ).toBe(401)
      await deliverDue(system)
      // Leads 5 and 6 to two schools each; nothing that was sent before is sent again.
      expect(countLeadsSent(api)).toBe(sentBefore + 4)
      await api.reconcile()
      const day = api.clock.now.toISOString().slice(0, 10)
      const { body: books } = await api.staff('GET', `/v1/ops/reports/reconciliation?day=${day}`)
      expect(books).toMatchObject({ drift: 0 })
    },
    timeoutMs,
  )

  it(
    'detects: restored tables that were not settled have forgotten what people and schools did since',
    async () => {
      const { system, api, tableNames, plane, copyOnly, useTables } = await prepareDrill()
      const erased = (await submitTestLead(system, 3)).leadId
      await plane.takeSnapshot(tableNames.catalog)
      await plane.takeSnapshot(tableNames.leads)
      api.advanceClock(3600)
      await deliverDue(system)
      await api.staff('POST', '/v1/ops/erasures', { body: { email: 'ada3@mail.example' } })
      const accepted = (await submitTestLead(system, 5)).leadId
      const sentBefore = countLeadsSent(api)
      useTables(await copyOnly())
      expect(await readLead(system, erased)).not.toHaveProperty('erased')
      expect((await api.staff('GET', `/v1/ops/leads/${accepted}`)).status).toBe(404)
      await deliverDue(system)
      expect(countLeadsSent(api)).toBe(sentBefore + 2)
    },
    timeoutMs,
  )

  it(
    'protects the restored tables as the old ones were, with their key',
    async () => {
      const { system, tableNames, plane, restore } = await prepareDrill()
      await submitTestLead(system)
      await plane.takeSnapshot(tableNames.catalog)
      await plane.takeSnapshot(tableNames.leads)
      const { tables: names } = await restore()
      expect(plane.readExtras(names.leads ?? '')).toMatchObject({
        recoveryDays: 35,
        timeToLive: 'expiresAt',
        hasDeletionProtection: true,
        kmsKey: encryptionKey,
        // AWS refuses tags that begin with aws: from anyone else.
        tags: [{ Key: 'team', Value: 'admissions' }],
      })
      expect(plane.readExtras(names.catalog ?? '')).toMatchObject({ recoveryDays: 7, hasDeletionProtection: true })
      expect(await plane.readRows(names.leads ?? '')).toHaveLength((await plane.readRows(tableNames.leads)).length)
    },
    timeoutMs,
  )

  it(
    'notices a row that the restored table lacks',
    async () => {
      const { system, api, tableNames, plane, restore } = await prepareDrill()
      const { leadId } = await submitTestLead(system)
      await plane.takeSnapshot(tableNames.catalog)
      await plane.takeSnapshot(tableNames.leads)
      api.advanceClock(3600)
      plane.loss.of = (row) => isLeadRow(row, leadId)
      await expect(restore()).rejects.toThrow(`LEAD#${leadId} / LEAD`)
    },
    timeoutMs,
  )
})

/** A stage on DynamoDB Local, an hour after the restored instant. */
async function prepareDrill() {
  const { client, tableNames, connection } = await dynamodbTables(endpoint, tables)
  const plane = await startControlPlane({ endpoint, local: connection })
  const tags = [
    { Key: 'team', Value: 'admissions' },
    { Key: 'aws:cloudformation:stack-name', Value: 'storage' },
  ]
  plane.addTable(tableNames.catalog, { recoveryDays: 7 })
  plane.addTable(tableNames.leads, { timeToLive: 'expiresAt', kmsKey: encryptionKey, tags })
  let names: { [T in Table]: string } = tableNames
  const system = await createTestSystem({
    createEngine: (now) => {
      const open = () =>
        createDynamodbEngine({ client, tableNames: names, shapes: tables, now, sleep, random: Math.random })
      return {
        get: (from) => open().get(from),
        query: (query) => open().query(query),
        transact: (writes) => open().transact(writes),
      } satisfies Engine<Table>
    },
  })
  const { api } = system
  const at = new Date(api.clock.now.getTime() + 600_000)
  plane.window.earliest = at.getTime() / 1000 - 86_400
  plane.window.latest = at.getTime() / 1000 + 86_400
  const now = () => new Date(at.getTime() + 3_600_000)
  const administered = new DynamoDBClient({ endpoint: plane.endpoint, region: 'us-east-1', credentials })
  return {
    system,
    api,
    client,
    tableNames,
    plane,
    useTables: (restoredNames: { [T in Table]?: string }) => {
      names = { ...names, ...restoredNames }
    },
    /** Restores as DynamoDB does, and leaves it at that. */
    async copyOnly() {
      const admin = createTableAdmin({ client: administered, retryMs: 1 })
      for (const { table, replaced, to } of await planRestore({ tables: tableNames, at }, { admin, now })) {
        await admin.startRestore({ from: replaced, to, at })
        names = { ...names, [table]: to }
      }
      return names
    },
    restore: () =>
      restoreStage(
        { tables: tableNames, at, revert: [], acceptsMissing: false, quietAt: at },
        {
          admin: createTableAdmin({ client: administered, retryMs: 1 }),
          now,
          sleep: async () => {},
          report: () => {},
          startProgress: () => ({ update: () => {}, end: () => {} }),
        },
      ),
  }
}

type Api = Awaited<ReturnType<typeof createTestSystem>>['api']

function countLeadsSent({ webhooks, mailbox }: Api): number {
  const posted = webhooks.requests.filter(({ body }) => body.includes('"lead.created"'))
  const mailed = mailbox.messages.filter(({ subject }) => subject.startsWith('New lead'))
  return posted.length + mailed.length
}

function isLeadRow(row: { [name: string]: object }, leadId: string): boolean {
  return JSON.stringify([row.pk, row.sk]) === JSON.stringify([{ S: `LEAD#${leadId}` }, { S: 'LEAD' }])
}

async function deleteRow(client: DynamoDBDocumentClient, TableName: string, { pk, sk }: { pk: string; sk: string }) {
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }))
}
