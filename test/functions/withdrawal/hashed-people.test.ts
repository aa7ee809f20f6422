import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { searchSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'
import {
  ada,
  createDeliveredSystem,
  listNotices,
  readStory,
  settleWithdrawal,
  submitAda,
} from './withdrawal-fixture.ts'

const toHash = (value: string) => createHash('sha256').update(value).digest('hex')
const adaHashes = { email_sha256: toHash(ada.email), phone_sha256: toHash('+15127891111') }

async function importHash(
  { api }: TestSystem,
  column: keyof typeof adaHashes,
  fields: object = {},
  hash = adaHashes[column],
) {
  api.advanceClock(1)
  const body = { csv: `${column}\n${hash}\n`, reason: 'A hashed list.', ...fields }
  const response = await api.staff('POST', '/v1/ops/suppressions/imports', { body })
  expect(response).toMatchObject({ status: 200, body: { suppressed: 1 } })
}

const getState = async (system: TestSystem, leadId: string) =>
  (await readStory(system, leadId)).deliveries.map(({ state, withdrawnAt }) => [state, withdrawnAt !== undefined])

describe('a person of whom a list has only the SHA-256', () => {
  it.each(['email_sha256', 'phone_sha256'] as const)('gets no more calls about leads that wait: %s', async (column) => {
    const system = await createTestSystem()
    const leadId = await submitAda(system)
    await importHash(system, column)
    await settleWithdrawal(system)
    expect(await getState(system, leadId)).toEqual([
      ['dead', true],
      ['dead', true],
    ])
    expect(system.api.webhooks.requests).toEqual([])
  })

  it('is withdrawn at the schools that have the lead, which are told', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await importHash(system, 'phone_sha256', { basis: 'withdrawal' })
    await settleWithdrawal(system)
    expect(await getState(system, leadId)).toEqual([
      ['delivered', true],
      ['delivered', true],
    ])
    const { webhooks, mails } = listNotices(system)
    expect([webhooks.length, mails.length]).toEqual([1, 1])
    expect(await readStory(system, leadId)).toMatchObject({ withdrawals: [{ channel: 'import' }] })
  })

  it('is the same person as one that is named in plain', async () => {
    const system = await createTestSystem()
    await importHash(system, 'email_sha256')
    const search = { body: { email: 'ADA@mail.example' } }
    const response = await system.api.staff('POST', '/v1/ops/suppressions/searches', search)
    expect(searchSuppressions.responses[200].body.parse(response.body).suppressions).toMatchObject([{ isHashed: true }])
  })

  it('detects: the hash of another person ends nothing', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await importHash(system, 'email_sha256', {}, toHash('bob@mail.example'))
    await settleWithdrawal(system)
    expect((await getState(system, leadId)).map(([, isWithdrawn]) => isWithdrawn)).toEqual([false, false])
  })
})

describe('a lead of an earlier version, which is stored under digests of the email and phone themselves', () => {
  it('is found by a hash, without a change of later ones', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await storeAsEarlierVersion(system, leadId)
    await importHash(system, 'email_sha256')
    await settleWithdrawal(system)
    expect(await readStory(system, leadId)).toMatchObject({ withdrawals: [{ channel: 'import' }] })
    const { queries } = system.api.watch
    await importHash(system, 'email_sha256')
    await system.api.continueWithdrawals()
    expect(system.api.watch.queries - queries).toBeLessThan(20)
  })

  it('is found by its email, and an erasure leaves no row that leads to it', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await storeAsEarlierVersion(system, leadId)
    const search = { body: { email: ada.email } }
    expect((await system.api.staff('POST', '/v1/ops/lead-searches', search)).body).toMatchObject({
      leads: [{ leadId }],
    })
    await importHash(system, 'phone_sha256')
    await settleWithdrawal(system)
    expect(await countPersonRows(system)).toBe(4)
    expect(await system.api.staff('POST', '/v1/ops/erasures', { body: { email: ada.email } })).toMatchObject({
      status: 201,
      body: { leads: 1 },
    })
    expect(await countPersonRows(system)).toBe(0)
  })

  it('that was erased is not indexed again', async () => {
    const { system, leadId } = await createDeliveredSystem()
    await storeAsEarlierVersion(system, leadId)
    await system.api.staff('POST', '/v1/ops/erasures', { body: { email: ada.email } })
    await importHash(system, 'email_sha256')
    await settleWithdrawal(system)
    expect(await countPersonRows(system)).toBe(0)
  })
})

const identifiers = { email: ada.email, phone: '+15127891111' }

async function storeAsEarlierVersion({ api }: TestSystem, leadId: string) {
  const { digests } = api.createDependencies('operator')
  const { email, phone } = digests.hashPerson(identifiers)
  await api.engine.transact([
    ...digests
      .listPersonDigests(identifiers)
      .map((digest) => ({ in: 'leads', delete: { pk: `PERSON#${digest}`, sk: leadId } }) as const),
    ...[email, phone].map((digest) => ({ in: 'leads', put: { pk: `PERSON#${digest}`, sk: leadId, leadId } }) as const),
  ])
}

async function countPersonRows({ api }: TestSystem): Promise<number> {
  const stored = api.createDependencies('operator').digests.listStoredDigests(identifiers)
  const pages = stored.map((digest) => api.engine.query({ in: 'leads', pk: `PERSON#${digest}`, limit: 10 }))
  return (await Promise.all(pages)).flatMap(({ items }) => items).length
}
