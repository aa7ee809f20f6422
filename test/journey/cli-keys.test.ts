import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { accessKeyStore } from '#shared/store/access/access-key-store.ts'
import { createDynamodbEngine } from '#shared/store/engine/dynamodb/dynamodb.ts'
import { tables } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { dynamodbTables } from '#test/dynamodb-tables.ts'
import { runOps as runHostOps } from './run-ops.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

describe('ops keys', () => {
  it('creates a key, lists it with its last use, and revokes it', async () => {
    const school = [
      '--holder',
      'school:lone-prairie-college',
      '--scope',
      'read',
      '--name',
      'CRM',
      '--expires',
      '2099-01-31',
    ]
    const created = await ops('--json', 'keys', 'create', ...school)
    expect([created.err, created.code]).toEqual(['', 0])
    const { key, keyId, expiresAt } = JSON.parse(created.out)
    expect(expiresAt).toBe('2099-01-31T00:00:00.000Z')
    expect(await fetchStatus(key)).toBe(200)

    const { keys } = JSON.parse((await ops('--json', 'keys', 'list')).out)
    expect(keys).toContainEqual(expect.objectContaining({ keyId, name: 'CRM', lastUsedAt: expect.any(String) }))
    const table = await ops('keys', 'list')
    expect(table.out).toMatch(/lone-prairie-college.*CRM.*read/)
    expect(table.out).not.toContain(key)

    const withoutConfirmation = await ops('keys', 'revoke', keyId)
    expect([withoutConfirmation.out, withoutConfirmation.code]).toEqual(['', 2])
    expect(withoutConfirmation.err).toContain('pass --yes')
    expect(await fetchStatus(key)).toBe(200)
    expect(await ops('keys', 'revoke', keyId, '--yes')).toEqual({ out: `Revoked ${keyId}.\n`, err: '', code: 0 })
    expect(await fetchStatus(key)).toBe(401)
    expect((await ops('keys', 'list')).out).toMatch(/CRM.*revoked 20/)
  })

  it('prints a new key on a line of its own', async () => {
    const { out, code } = await ops('keys', 'create', '--holder', 'operator', '--scope', 'admin', '--name', 'Ada')
    expect(code).toBe(0)
    expect(out).toMatch(/^ok_[A-Za-z0-9_-]{49}\n\nkey_\S+: copy the key now, it is not shown again\.\n$/)
  })

  it.each([
    [
      'an invalid holder',
      ['create', '--holder', 'me', '--scope', 'read', '--name', 'x'],
      /--holder must be operator/,
      2,
    ],
    [
      'an invalid expiry',
      ['create', '--holder', 'operator', '--scope', 'read', '--name', 'x', '--expires', 'soon'],
      /--expires must be a date or time/,
      2,
    ],
    [
      'an unknown school',
      ['create', '--holder', 'school:none', '--scope', 'read', '--name', 'x'],
      /\/holder\/schoolId must be the ID of an existing school/,
      1,
    ],
    [
      'a scope of another caller',
      ['create', '--holder', 'operator', '--scope', 'manage', '--name', 'x'],
      /\/scope must be read or admin/,
      1,
    ],
    ['an unknown key', ['revoke', `key_${'9'.repeat(22)}`, '--yes'], /Key not found/, 1],
  ])('reports the reason and exits with its code: %s', async (_, args, why, exitCode) => {
    const { out, err, code } = await ops('keys', ...args)
    expect([code, out]).toEqual([exitCode, ''])
    expect(err).toMatch(why)
    expect(err).not.toMatch(/^ +at /m)
  })
})

const { endpoint, missing } = inject('dynamodbLocal')
describeUnless(missing, 'ops keys first', () => {
  it('creates the first staff key of a deployed stack with AWS credentials', async () => {
    const { client, tableNames, connection } = await dynamodbTables(endpoint, tables)
    const aws = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 's',
    }
    const first = (...options: string[]) =>
      opsWithEnvironment(aws, '--json', 'keys', 'first', '--table', tableNames.catalog, ...options)
    const { key } = JSON.parse((await first()).out)
    const now = () => new Date()
    const engine = createDynamodbEngine({ client, tableNames, shapes: tables, now, sleep, random: Math.random })
    expect(await accessKeyStore(engine).findHolder(sha256(key))).toMatchObject({ caller: 'operator', scope: 'admin' })
    const second = await first()
    expect([second.code, second.out]).toEqual([1, ''])
    expect(second.err).toMatch(/There is already an active staff key\. Use it to create others: keys create\./)
    const another = await first('--another')
    expect(another.code).toBe(0)
    const third = await first('--another')
    expect([third.code, third.out]).toEqual([1, ''])
    expect(third.err).toMatch(/There are already two active keys named "first"/)
    const foreign = await opsWithEnvironment(aws, 'keys', 'first', '--table', 'another-Catalog')
    expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining('Pass --leads-table.')])
    connection.destroy()
  })
})

async function fetchStatus(key: string) {
  return (await fetch(`${host.urls.api}/v1/school/leads`, { headers: { authorization: `Bearer ${key}` } })).status
}

const ops = (...args: string[]) => runHostOps(host, args)
const opsWithEnvironment = (extraEnv: { [name: string]: string }, ...args: string[]) => runHostOps(host, args, extraEnv)
