import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { recordKinds, records } from '#shared/contract/catalog/records.ts'
import { runOps as runHostOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-records-'))
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe.each(recordKinds)('ops %s', (kind) => {
  it('writes back a record unless it has changed, and deletes it after confirmation', async () => {
    const { [kind]: recordList } = JSON.parse((await ops(kind, 'list', '--json')).out)
    const { id: _, version: __, updatedAt: ___, key: ____, ...body } = recordList[0]
    const ownFile = file('ours.json', JSON.stringify(body))
    expect(await ops(kind, 'put', 'ours', ownFile)).toMatchObject({ err: '', code: 0 })
    expect((await ops(kind, 'list')).out).toMatch(/ours .* 1 /)

    const readFile = file('read.json', (await ops(kind, 'get', 'ours')).out)
    expect((await ops(kind, 'put', 'ours', readFile)).out).toContain('Saved ours, version 2.')
    const conflict = await ops(kind, 'put', 'ours', readFile)
    expect([conflict.out, conflict.code]).toEqual(['', 1])
    expect(conflict.err).toMatch(/Record changed since it was read/)
    expect(JSON.parse((await ops(kind, 'put', 'ours', readFile, '--if-match', '*', '--json')).out).version).toBe(3)
    expect((await ops(kind, 'put', 'ours', ownFile, '--if-match', '0')).code).toBe(1)

    const withoutConfirmation = await ops(kind, 'delete', 'ours')
    expect([withoutConfirmation.code, withoutConfirmation.err]).toEqual([2, expect.stringContaining('pass --yes')])
    expect(await ops(kind, 'delete', 'ours', '--yes')).toEqual({ out: 'Deleted ours.\n', err: '', code: 0 })
    const missing = await ops(kind, 'get', 'ours')
    expect([missing.out, missing.code]).toEqual(['', 1])
  })
})

describe('ops campaigns', () => {
  it('pauses and resumes a campaign without other changes', async () => {
    const { version, updatedAt, ...before } = await campaign()
    const paused = await ops('campaigns', 'pause', 'lone-prairie-texas')
    expect([paused.out, paused.code]).toEqual([`lone-prairie-texas is paused, version ${version + 1}.\n`, 0])
    expect(await campaign()).toMatchObject({ ...before, status: 'paused' })
    await ops('campaigns', 'pause', 'lone-prairie-texas')
    await ops('campaigns', 'resume', 'lone-prairie-texas')
    expect(await campaign()).toMatchObject({ ...before, version: version + 2 })
  })

  it('shows a new webhook secret once, on standard output', async () => {
    const body = JSON.stringify({
      ...records.campaigns.put.example.body,
      schoolId: 'lone-prairie-college',
      programIds: ['lone-prairie-hit-associate'],
      endpoint: { kind: 'webhook', url: `${host.urls.school}/lone-prairie-college` },
    })
    const created = await runHostOps(host, ['campaigns', 'put', 'fresh', '-'], {}, body)
    expect([created.err, created.code]).toEqual(['', 0])
    expect(created.out).toMatch(/^Saved fresh, version 1\.\n\nwhsec_\S+\n/)
    expect((await ops('campaigns', 'get', 'fresh')).out).not.toContain('whsec_')
    const rotated = await ops('campaigns', 'rotate-secret', 'fresh', '--overlap', '60', '--yes', '--json')
    expect(JSON.parse(rotated.out)).toMatchObject({ campaignId: 'fresh', secret: expect.stringMatching(/^whsec_/) })
  })
})

describe('ops schools portal-link', () => {
  it('creates a link that opens the portal once', async () => {
    const { out, err, code } = await ops('schools', 'portal-link', 'lone-prairie-college', '--scope', 'read', '--json')
    expect([err, code]).toEqual(['', 0])
    const { link, schoolId } = JSON.parse(out)
    const [page, token] = link.split('#link=')
    expect([page, schoolId]).toEqual([`${host.urls.api}/portal`, 'lone-prairie-college'])
    expect([await openPortal(token), await openPortal(token)]).toEqual([201, 410])
  })
})

describe('ops portal-links and sessions', () => {
  const school = 'lone-prairie-college'
  const createToken = async () => {
    const { out } = await ops('schools', 'portal-link', school, '--json')
    return String(JSON.parse(out).link).split('#link=')[1] ?? ''
  }
  const listRows = async (name: 'links' | 'sessions', state: string) => {
    const command = name === 'links' ? 'portal-links' : 'sessions'
    const { out } = await ops(command, 'list', '--school', school, '--state', state, '--json')
    return JSON.parse(out)[name]
  }

  it('lists a link that was not opened, and takes it back', async () => {
    const token = await createToken()
    const [{ linkId }] = await listRows('links', 'unopened')
    expect((await ops('portal-links', 'revoke', linkId)).code).toBe(2)
    expect(await ops('portal-links', 'revoke', linkId, '--yes')).toMatchObject({
      out: `Took ${linkId} back.\n`,
      code: 0,
    })
    expect(await openPortal(token)).toBe(410)
    expect((await listRows('links', 'revoked'))[0]).toMatchObject({ linkId })
  })

  it('lists active sessions, ends one, and ends all of a school', async () => {
    for (const _ of [1, 2]) await openPortal(await createToken())
    const [{ sessionId }, ...others] = await listRows('sessions', 'active')
    expect((await ops('sessions', 'end', '--yes')).code).toBe(2)
    expect((await ops('sessions', 'end', sessionId, '--yes')).out).toBe(`Ended ${sessionId}.\n`)
    const ended = await ops('sessions', 'end', '--school', school, '--yes', '--json')
    expect(JSON.parse(ended.out)).toEqual({ schoolId: school, sessions: others.length, links: 0 })
    expect(await listRows('sessions', 'active')).toEqual([])
  })
})

describe('ops put', () => {
  it.each([
    ['a file without a record', 'schools', '["x"]', /does not contain a school/, 2],
    ['a record with another ID', 'schools', '{"id": "theirs"}', /contains the school "theirs"/, 2],
    ['a record that the API refuses', 'schools', '{"name": "X", "timeZone": "Mars"}', /\/timeZone /, 1],
    ['invalid JSON, without quoting it', 'sources', '{"turnstileSecret": "hush', /is not valid JSON/, 2],
  ])('refuses to write %s, with the reason', async (_, kind, content, why, exitCode) => {
    const { out, err, code } = await ops(kind, 'put', 'mine', file('mine.json', content))
    expect([out, code]).toEqual(['', exitCode])
    expect(err).toMatch(why)
    expect(err).not.toMatch(/hush|^ +at /m)
  })
})

async function campaign() {
  return JSON.parse((await ops('campaigns', 'get', 'lone-prairie-texas', '--json')).out)
}

async function openPortal(token: string) {
  const body = JSON.stringify({ token })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${host.urls.api}/v1/school-sessions`, { method: 'POST', headers, body })).status
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const ops = (...args: string[]) => runHostOps(host, args)
