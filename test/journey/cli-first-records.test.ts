import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { findMissingPrograms } from '#test/find-missing-programs.ts'
import { runOps } from './run-ops.ts'

const options = (name: string, endpoint: string) => [
  ...['--school-name', `${name} College`, '--time-zone', 'America/Chicago', '--career-title', 'Medical Coder'],
  ...['--career-summary', 'Codes diagnoses.', '--program-name', 'Coding', '--level', 'certificate'],
  ...['--modality', 'online', '--endpoint', endpoint, '--price', '45.00', '--leads-per-day', '20'],
  ...['--source-name', `${name} pages`, '--origin', 'https://careers.example'],
]
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

const ops = (...args: string[]) => runOps(host, args)
const first = (...args: string[]) => ops('records', 'first', '--yes', '--json', ...args)

describe('ops records first', () => {
  it('creates five records with which a visitor matches, again nothing, and says how to undo it', async () => {
    const { out, code } = await first(...options('Alpha', 'https://leads.alpha.example/hook'))
    expect(code).toBe(0)
    const { created, sourceKey, secret, undo } = JSON.parse(out)
    expect(created.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`)).toEqual([
      'schools alpha-college',
      'careers medical-coder',
      'programs alpha-college-coding',
      'campaigns alpha-college-first',
      'sources alpha-pages',
    ])
    expect([sourceKey, secret]).toEqual([expect.stringMatching(/^pk_/), expect.stringMatching(/^whsec_/)])
    expect(await findSchools()).toEqual(['alpha-college'])

    const again = await first(...options('Alpha', 'https://leads.alpha.example/hook'))
    expect(JSON.parse(again.out)).toEqual({ created: [], sourceKey, undo: [] })
    for (const line of undo) {
      const [, kind = '', id = ''] = /^npm run ops -- (\S+) delete (\S+)$/.exec(line) ?? []
      expect(await callRecord('DELETE', kind, id)).toBe(204)
    }
    expect(undo).toHaveLength(5)
  })

  it('shows the form with the address at which people reach the host, or says that it is to be written', async () => {
    const args = ['records', 'first', '--yes', ...options('Epsilon', 'leads@epsilon.example')]
    const local = await ops(...args)
    expect(local.out).toContain('is this machine: write the address there at which people reach the host.')
    const { out } = await ops(...args, '--public-url', 'https://leads.example.org/')
    expect(out).toContain('src="https://leads.example.org/widget.js"')
    expect(out).not.toContain('is this machine')
  })

  it('continues where it was cut off', async () => {
    await first(...options('Beta', 'leads@beta.example'))
    for (const [kind = '', id = ''] of [
      ['sources', 'beta-pages'],
      ['campaigns', 'beta-college-first'],
    ])
      await callRecord('DELETE', kind, id)
    const { out } = await first(...options('Beta', 'leads@beta.example'))
    expect(JSON.parse(out).created.map(({ kind }: { kind: string }) => kind)).toEqual(['campaigns', 'sources'])
  })

  it('writes nothing if a record exists with other content, and names the field', async () => {
    await callRecord('PUT', 'schools', 'gamma-college', { name: 'Gamma College', timeZone: 'America/New_York' })
    const { err, code } = await first(...options('Gamma', 'leads@gamma.example'))
    expect([code, err]).toEqual([1, expect.stringContaining('school gamma-college exists with another timeZone.')])
    expect(await callRecord('GET', 'programs', 'gamma-college-coding')).toBe(404)
  })

  it('writes nothing without confirmation, or if one answer is not valid', async () => {
    const withoutYes = await ops('records', 'first', ...options('Delta', 'leads@delta.example'))
    expect([withoutYes.code, withoutYes.err]).toEqual([2, expect.stringContaining('pass --yes')])
    const invalid = await first(...options('Delta', 'leads@delta.example'), '--origin', 'careers.example')
    expect([invalid.code, invalid.err]).toEqual([2, expect.stringContaining('--origin: It must be an origin')])
    expect(await callRecord('GET', 'schools', 'delta-college')).toBe(404)
  })
})

describeUnless(findMissingPrograms('script'), 'ops init at a terminal', () => {
  it('asks, shows what it would write, and writes it after a yes', async () => {
    const root = mkdtempSync(join(tmpdir(), 'prospectus-root-'))
    const dialog = [
      ['reach this host', 'leads.example.org'],
      ['Must begin with https://.', 'https://leads.example.org'],
      ['Mail server', 'smtps://mail.example'],
      ['Sender', 'leads@example.org'],
      ['Who gets an email', ''],
      ['Delete personal data', ''],
      ['Folder for daily backups', ''],
      ['Port', ''],
      ['Proxy that terminates TLS (caddy, nginx, none) [caddy]', 'none'],
      ['Write this below', 'y'],
    ] as const
    const { out, code } = await typeAnswers(['init', '--root', root], dialog)
    expect(out).toMatch(/create {10}file {4}\S+prospectus\.env \(600\)/)
    expect(out).toContain('Point your proxy at 127.0.0.1:3000')
    expect(code).toBe(0)
    rmSync(root, { recursive: true })
  })
})

/** Types the answer to each prompt of a command on a terminal of `script`, once the prompt is shown. */
async function typeAnswers(args: readonly string[], dialog: readonly (readonly [prompt: string, answer: string])[]) {
  const command = [process.execPath, 'cli/ops.ts', ...args].join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'])
  const rest = [...dialog]
  let out = ''
  let readTo = 0
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    out += chunk
    const [prompt, answer] = rest[0] ?? []
    if (prompt === undefined || !stripVTControlCharacters(out.slice(readTo)).includes(prompt)) return
    rest.shift()
    readTo = out.length
    child.stdin.write(`${answer}\r`)
  })
  const [code] = await once(child, 'close')
  return { out: stripVTControlCharacters(out), code }
}

async function findSchools(): Promise<string[]> {
  const body = JSON.stringify({ careerSlug: 'medical-coder', zip: '78701', education: { highestLevel: 'bachelor' } })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${host.urls.api}/v1/matches`, { method: 'POST', headers, body })
  const { schools } = z.object({ schools: z.array(z.object({ schoolId: z.string() })) }).parse(await response.json())
  return schools.map(({ schoolId }) => schoolId)
}

/** Returns the status. The undo steps and fixtures need no process of their own. */
async function callRecord(method: string, kind: string, id: string, fields?: object): Promise<number> {
  const headers = {
    authorization: `Bearer ${host.keys.operator}`,
    'if-match': method === 'DELETE' ? '*' : '"0"',
    ...(fields && { 'content-type': 'application/json' }),
  }
  const body = fields && { body: JSON.stringify(fields) }
  return (await fetch(`${host.urls.api}/v1/ops/${kind}/${id}`, { method, headers, ...body })).status
}
