import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { createVisitor } from './create-visitor.ts'
import { runOps as runHostOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-draft-'))
const from = new Date(Date.now() - 86_400_000).toISOString()
const to = new Date(Date.now() + 86_400_000).toISOString()
let host: Host
let draft: string

beforeAll(async () => {
  host = await startHost({ port: 0 })
  const page = createVisitor(host)
  for (let lead = 0; lead < 3; lead++) await page.send(page.form(await page.match()))
  const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const campaignList = await staff(records.campaigns.list, { query: { limit: 1 } })
  const [first] = campaignList.status === 200 ? campaignList.body.records : []
  if (!first) throw new Error('The sample has no campaign.')
  const { version: _, updatedAt: __, updatedBy: ___, ...campaign } = first
  draft = file('draft.json', JSON.stringify({ campaigns: [{ ...campaign, status: 'paused' }] }))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe('ops simulate', () => {
  it('prints only JSON with --json', async () => {
    const { out, err, code } = await ops('--json', 'simulate', '--from', from, '--to', to, '--draft', draft)
    expect([err, code]).toEqual(['', 0])
    const { before, after } = JSON.parse(out)
    expect([before.leads, after.leads]).toEqual([3, 3])
    expect(after.refusals.CAMPAIGN_INACTIVE).toBeGreaterThan(before.refusals.CAMPAIGN_INACTIVE ?? 0)
  })

  it('prints tables, and no progress without a terminal', async () => {
    const { out, err, code } = await ops('simulate', '--from', from, '--to', to, '--draft', draft)
    expect([err, code]).toEqual(['', 0])
    expect(out).toMatch(/^3 leads; unmatched \d+ before, \d+ after\n/)
    expect(out).toContain('Schools, before and after')
    expect(out).not.toContain('\r')
  })

  it.each([
    [
      'a draft that is not JSON',
      () => ['--draft', file('broken.json', '{"campaigns": [')],
      /broken\.json is not valid JSON/,
      2,
    ],
    ['a missing draft file', () => ['--draft', join(folder, 'none.json')], /none\.json cannot be read/, 2],
    [
      'a draft that could not be saved',
      () => ['--draft', file('bad.json', '{"campaigns": [{"id": "x"}]}')],
      /\/draft\/campaigns\/0\/schoolId /,
      1,
    ],
    [
      'a draft of an unknown school',
      () => ['--draft', file('nobody.json', JSON.stringify({ campaigns: [unknownSchool] }))],
      /\/draft\/campaigns\/0\/schoolId /,
      1,
    ],
    ['an invalid time', () => ['--draft', draft, '--from', 'yesterday'], /--from must be a date or time/, 2],
    ['no key', () => ['--draft', draft, '--key', ''], /A staff API key is required/, 3],
    ['a wrong key', () => ['--draft', draft, '--key', 'ok_wrong'], /Invalid API key/, 3],
    [
      'no response',
      () => ['--draft', draft, '--url', 'http://127.0.0.1:9'],
      /No response from http:\/\/127\.0\.0\.1:9/,
      3,
    ],
    ['no draft', () => [], /--draft/, 2],
  ])('reports the reason only on standard error, and exits with its code: %s', async (_, buildArgs, why, exitCode) => {
    const { out, err, code } = await ops('--json', 'simulate', '--from', from, '--to', to, ...buildArgs())
    expect([code, out]).toEqual([exitCode, ''])
    expect(err).toMatch(why)
    expect(err).not.toMatch(/^ +at /m)
  })
})

const unknownSchool = {
  id: 'x',
  schoolId: 'nobody',
  programIds: ['none'],
  priceCents: 1,
  endpoint: { kind: 'email', to: 'leads@school.example' },
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const ops = (...args: string[]) => runHostOps(host, args)
