import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createKey } from '#shared/contract/access/keys.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { getLegalName } from '#shared/domain/catalog/school.ts'
import { runOps as runHostOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-leads-'))
const schoolId = 'lone-prairie-college'
let host: Host
let sourceKey: string
let consentText: string
beforeAll(async () => {
  host = await startHost({ port: 0 })
  const call = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const body = { name: 'College fair', mode: 'live', abuse: 'off' } as const
  await call(records.sources.put, { params: { id: 'fair' }, body })
  const key = await call(createKey, {
    body: { holder: { caller: 'source', sourceId: 'fair' }, scope: 'server', name: 'fair' },
  })
  if (key.status !== 201) throw new Error('The key was not created.')
  sourceKey = key.body.key
  const school = await call(records.schools.get, { params: { id: schoolId } })
  if (school.status !== 200) throw new Error('The sample has another school.')
  consentText = file(
    'agreed.txt',
    `By signing I agree that ${getLegalName(school.body)} may call me at my number with automated technology. I need not agree in order to buy anything.`,
  )
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe('ops import leads', () => {
  it('sends each row once with the proof of its consent, and says what became of it', async () => {
    const leads = file('fair.csv', toCsv([aRow(1), aRow(2)]))
    const dryRun = await ops(leads, '--consent-text', consentText, '--dry-run')
    expect(dryRun).toEqual({ out: '2 leads, each with its consent. Nothing was sent.\n', err: '', code: 0 })
    const unconfirmed = await ops(leads, '--consent-text', consentText, '--source-key', sourceKey)
    expect([unconfirmed.code, unconfirmed.err]).toEqual([2, expect.stringContaining('pass --yes')])
    expect((await ops(leads, '--consent-text', consentText, '--yes')).code).toBe(3)

    const send = () => ops(leads, '--consent-text', consentText, '--source-key', sourceKey, '--yes', '--json')
    const first = await send()
    expect(first.code).toBe(0)
    const { results } = JSON.parse(first.out)
    expect(results).toMatchObject([
      { row: 2, id: 'fair-1', outcome: 'accepted', schools: 1 },
      { row: 3, id: 'fair-2', outcome: 'accepted', schools: 1 },
    ])
    expect(JSON.parse((await send()).out).results).toEqual(results)
    const timeline = JSON.parse((await runHostOps(host, ['leads', 'show', results[0].leadId, '--json'])).out)
    expect(timeline.consent).toMatchObject({ claimedBy: 'publisher', grantedAt: grantedAt.toISOString() })
  })

  it('sends nothing of a file with a fault, and names the rows that the service refuses', async () => {
    const faulty = file('faulty.csv', toCsv([aRow(3), { ...aRow(4), email: 'secret-person' }]))
    const judged = await ops(faulty, '--consent-text', consentText, '--source-key', sourceKey, '--yes')
    expect([judged.out, judged.code]).toEqual(['', 2])
    expect(judged.err).toMatch(/row 3, column email: [\s\S]*1 faults in 2 rows\. Nothing was written\./)
    expect(judged.err).not.toContain('secret-person')

    const old = new Date(grantedAt.getTime() - 100 * 86_400_000).toISOString()
    const refused = file('refused.csv', toCsv([aRow(5), { ...aRow(6), consentGrantedAt: old }]))
    const sent = await ops(refused, '--consent-text', consentText, '--source-key', sourceKey, '--yes')
    expect([sent.code, sent.out]).toEqual([1, expect.stringMatching(/row 2, fair-5: accepted/)])
    expect(sent.out).toContain('row 3, column consentGrantedAt: must be at most 90 days ago')
    expect(sent.out).toContain('Sent: 1. Refused: 1.')
  })
})

const grantedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 86_400_000)

function aRow(number: number): { [column: string]: string } {
  return {
    id: `fair-${number}`,
    careerSlug: 'health-record-technician',
    firstName: 'Ada',
    lastName: 'Example',
    email: `ada${number}@mail.example`,
    phone: `(512) 789-11${10 + number}`,
    zip: '78701',
    highestLevel: 'high-school-diploma',
    age: '27',
    consentGrantedAt: grantedAt.toISOString(),
    schoolsNamed: schoolId,
    pageUrl: 'https://fair.example/',
  }
}

function toCsv(rows: { [column: string]: string }[]): string {
  const header = Object.keys(rows[0] ?? {})
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))]
    .map((cells) => cells.join(','))
    .join('\r\n')
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function ops(...args: string[]) {
  return runHostOps(host, ['import', 'leads', ...args], { PROSPECTUS_SOURCE_KEY: undefined })
}
