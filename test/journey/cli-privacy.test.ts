import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createVisitor } from './create-visitor.ts'
import { runOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-privacy-'))
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})
const ops = (...args: string[]) => runOps(host, args)

it('ops suppressions imports a file in parts, names the rows that it skips, and continues at a row', async () => {
  const file = join(folder, 'list.csv')
  const emails = Array.from({ length: 502 }, (_, index) => `stranger${index}@mail.example`)
  writeFileSync(file, ['email', ...emails.toSpliced(1, 1, 'not-an-email')].join('\n'))
  const refused = await ops('suppressions', 'import', file, '--reason', 'List of November')
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('People to suppress: 501. Rows to skip: 1.')])
  const done = await ops('suppressions', 'import', file, '--reason', 'List of November', '--yes')
  expect([done.code, done.err]).toEqual([0, ''])
  expect(done.out).toContain('row 2: `email` is not an email address\nPeople suppressed: 501. Rows skipped: 1.')
  const rest = await ops('suppressions', 'import', file, '--reason', 'List', '--from-row', '502', '--yes', '--json')
  expect(JSON.parse(rest.out)).toEqual({ suppressed: 1, errors: [] })
})

it('ops refuses a file that is not UTF-8, and reads the charset that it is told', async () => {
  const file = join(folder, 'latin.csv')
  writeFileSync(file, Buffer.from('email,name\njose@mail.example,Jos\xe9\n', 'latin1'))
  const args = ['suppressions', 'import', file, '--reason', 'List', '--yes']
  const refused = await ops(...args)
  const sentence =
    'latin.csv, line 2: not valid UTF-8. Save it as CSV UTF-8, or name its charset, which may be: --charset windows-1252\n'
  expect([refused.code, refused.err]).toEqual([2, sentence])
  expect((await ops(...args, '--charset', 'windows-1252')).out).toContain('People suppressed: 1.')
  const unknown = await ops(...args, '--charset', 'cp437')
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('--charset must be a charset such as utf-8')])
  const json = join(folder, 'school.json')
  writeFileSync(json, Buffer.from('{\n"name": "Jos\xe9"}', 'latin1'))
  const record = await ops('schools', 'put', 'jose', json)
  expect([record.code, record.err]).toEqual([
    2,
    'school.json, line 2: not valid UTF-8. It may be windows-1252: save it as UTF-8.\n',
  ])
})

it('ops suppressions finds a person, lifts the suppression and exports the others', async () => {
  const file = join(folder, 'two.csv')
  writeFileSync(file, 'email\nlifted@mail.example\nremains@mail.example\n')
  await ops('suppressions', 'import', file, '--reason', 'List', '--yes')
  const search = () => ops('suppressions', 'search', '--email', 'lifted@mail.example', '--json')
  const [suppression] = JSON.parse((await search()).out).suppressions
  const lifted = await ops('suppressions', 'lift', suppression.suppressionId, '--reason', 'A stranger had entered it.')
  expect(lifted.out).toContain('was lifted.')
  expect(JSON.parse((await search()).out).suppressions).toMatchObject([{ state: 'lifted' }])
  const exported = await ops('suppressions', 'export', '--format', 'plain', '--purpose', 'Check of the dialer')
  expect(exported.out).toContain('remains@mail.example')
  expect(exported.out).not.toContain('lifted@mail.example')
})

it('ops withdrawals and access-requests record how a person asked, and give everything that is stored about them', async () => {
  const page = createVisitor(host)
  const form = page.form(await page.match(), { schoolIds: ['lone-prairie-college'] })
  const { body } = await page.send(form)
  const recorded = await ops(
    ...['withdrawals', 'record', '--email', form.contact.email, '--channel', 'phone', '--purpose', 'Stop all calls'],
  )
  expect([recorded.code, recorded.err]).toEqual([0, ''])
  const { withdrawals } = JSON.parse((await ops('withdrawals', 'list', '--json')).out)
  expect(withdrawals[0]).toMatchObject({ leads: 1, channel: 'staff', means: 'phone', reason: 'Stop all calls' })
  const [out, printed] = ['answer.json', 'answer.html'].map((name) => join(folder, name))
  const answer = await ops(
    ...['access-requests', 'create', '--email', form.contact.email, '--purpose', 'Request 31'],
    ...['--out', out ?? '', '--page', printed ?? ''],
  )
  expect([answer.code, answer.err]).toEqual([0, ''])
  expect(answer.out).toMatch(/^Wrote the answer to .*\. Records: \d+\. Proofs of consent: 1\./)
  expect(JSON.parse(readFileSync(out ?? '', 'utf8')).proofs).toMatchObject([{ leadId: body?.leadId }])
  expect(readFileSync(printed ?? '', 'utf8')).toContain(form.contact.email)
})
