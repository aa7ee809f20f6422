import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { requestReturn } from '#shared/contract/aftercare/returns.ts'
import { createClient } from '#shared/contract/client.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { createVisitor } from './create-visitor.ts'
import { schoolDeliveries } from './local-json.ts'
import { runOps as runHostOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-leads-'))
let host: Host
let leadId: string
/** Named in each command, because another day may begin meanwhile. */
let day: string
let person: { email: string; phone: string }
let suspicious: string[]

beforeAll(async () => {
  // A released lead is not offered, so that the number of accepted leads stays the same.
  host = await startHost({ port: 0, periods: { sweep: 0.05, offer: 86_400 } })
  const page = createVisitor(host)
  const form = page.form(await page.match(), { schoolIds: ['lone-prairie-college'] })
  person = form.contact
  leadId = (await page.send(form)).body?.leadId ?? ''
  day = new Date().toISOString().slice(0, 10)
  for (let extra = 0; extra < 2; extra++) await page.send(page.form(await page.match()))
  await waitUntil(async () => (await schoolDeliveries(host)).some(({ timesSeen }) => timesSeen > 0))
  const strict = JSON.stringify({ name: 'Strict', mode: 'live', abuse: 'enforce' })
  const { key } = JSON.parse((await runHostOps(host, ['sources', 'put', 'strict', '-', '--json'], {}, strict)).out)
  const bots = createVisitor({ urls: host.urls, keys: { ...host.keys, source: key } })
  const responses = await Promise.all(
    [1, 2].map(async () => bots.send(bots.form(await bots.match(), { website: 'https://spam.example' }))),
  )
  suspicious = responses.map(({ body }) => body?.leadId ?? '')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe('ops leads', () => {
  it('lists leads by filters, and continues a list by cursor', async () => {
    const table = await ops('leads', 'list', '--day', day, '--source', 'sample-landing-page')
    expect([table.err, table.code]).toEqual(['', 0])
    expect(table.out).toContain(leadId)
    expect(JSON.parse((await ops('leads', 'list', '--day', day, '--outcome', 'duplicate', '--json')).out)).toEqual({
      leads: [],
      page: { nextCursor: null },
    })

    const first = JSON.parse((await ops('leads', 'list', '--day', day, '--limit', '2', '--json')).out)
    expect(first.leads).toHaveLength(2)
    const rest = JSON.parse((await ops('leads', 'list', '--all', '--cursor', first.page.nextCursor, '--json')).out)
    expect(new Set([...first.leads, ...rest.leads].map(({ leadId }) => leadId)).size).toBe(5)
    expect(rest.page).toEqual({ nextCursor: null })
  })

  it('finds the leads of a person, with the address from standard input', async () => {
    const { leads } = JSON.parse((await ops('leads', 'search', '--email', person.email, '--json')).out)
    expect(leads.map(({ leadId }: { leadId: string }) => leadId)).toEqual([leadId])
    const piped = await runHostOps(host, ['leads', 'search', '--phone', '-', '--json'], {}, `${person.phone}\n`)
    expect(JSON.parse(piped.out).leads).toEqual(leads)
    expect((await ops('leads', 'search')).code).toBe(2)
  })

  it('shows a masked timeline, and contact details only with a purpose', async () => {
    const result = await ops('leads', 'show', leadId)
    expect([result.err, result.code]).toEqual(['', 0])
    for (const part of [/Consent\n/, /selected for \$45\.00/, /SCHOOL_NOT_NAMED/, /1 {2}\S+ {2}webhook, 204/])
      expect(result.out).toMatch(part)
    expect(result.out).not.toContain(person.email)

    expect((await ops('leads', 'reveal', leadId)).code).toBe(2)
    const revealed = await ops('leads', 'reveal', leadId, '--purpose', 'Wants a call.')
    expect([revealed.err, revealed.code]).toEqual(['', 0])
    expect(revealed.out).toContain(person.email)
    expect((await ops('leads', 'show', leadId)).out).toMatch(/Contact details viewed by\n.*: Wants a call\./)
  })

  it('exports a day to standard output or to a file, and never overwrites a file unasked', async () => {
    const printed = await ops('leads', 'export', '--day', day)
    expect([printed.err, printed.code]).toEqual(['', 0])
    expect(printed.out.split('\r\n')).toHaveLength(1 + 5 + 1)
    expect(printed.out).not.toContain(person.email)

    const file = join(folder, 'leads.csv')
    const args = ['leads', 'export', '--day', day, '--contacts', 'revealed', '--out', file, '--json']
    expect((await ops(...args)).code).toBe(2)
    const result = await ops(...args, '--purpose', 'Audit')
    expect(JSON.parse(result.out)).toEqual({ file, leads: 5 })
    expect(readFileSync(file, 'utf8')).toContain(person.email)
    expect([statSync(file).mode & 0o077, existsSync(`${file}.part`)]).toEqual([0, false])
    const overwriteAttempt = await ops('leads', 'export', '--day', day, '--out', file)
    expect([overwriteAttempt.code, overwriteAttempt.err]).toEqual([2, expect.stringContaining('already exists')])
    expect(readFileSync(file, 'utf8')).toContain(person.email)
  })

  it('reports a lead that does not exist', async () => {
    const result = await ops('leads', 'show', 'lead_4fJ0q2mXbW7cT1nZ8yKd5A')
    expect([result.out, result.code]).toEqual(['', 1])
    expect(result.err).toMatch(/Lead not found/)
  })
})

describe('ops quarantine, returns, deliveries, caps and overview', () => {
  it('lists held leads, and releases and rejects them after confirmation', async () => {
    const [releasedId = '', rejectedId = ''] = suspicious
    expect((await ops('quarantine', 'list')).out).toMatch(/HONEYPOT/)
    expect((await ops('quarantine', 'release', releasedId)).code).toBe(2)
    expect(await ops('quarantine', 'release', releasedId, '--yes')).toMatchObject({ err: '', code: 0 })
    expect(await ops('quarantine', 'reject', rejectedId, '--yes')).toMatchObject({ err: '', code: 0 })
    expect((await ops('quarantine', 'list')).out).toBe('No leads.\n')
    // The same decision again has the same result; the other one is refused.
    const repeat = await ops('quarantine', 'reject', rejectedId, '--yes')
    expect([repeat.out, repeat.code]).toEqual([`Rejected ${rejectedId}.\n`, 0])
    const other = await ops('quarantine', 'release', rejectedId, '--yes')
    expect([other.out, other.code]).toEqual(['', 1])
    expect(other.err).toMatch(/already rejected by .* at \d{4}-/)
  })

  it('lists returns, and accepts or refuses them after confirmation', async () => {
    const { deliveries } = JSON.parse((await ops('leads', 'show', leadId, '--json')).out)
    const { deliveryId } = deliveries[0]
    const school = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.school}` } })
    const response = await school(requestReturn, { params: { deliveryId }, body: { reason: 'wrong-person' } })
    expect(response.status).toBe(201)
    expect((await ops('returns', 'list')).out).toMatch(/lone-prairie-college.*wrong-person/)
    expect((await ops('returns', 'refuse', deliveryId, '--yes')).code).toBe(2)
    expect((await ops('returns', 'accept', deliveryId)).code).toBe(2)
    const accepted = await ops('returns', 'accept', deliveryId, '--answer', 'You are right.', '--yes')
    expect([accepted.err, accepted.out]).toEqual(['', 'Accepted: lone-prairie-college is credited $45.00.\n'])
    expect((await ops('returns', 'list')).out).toBe('No returns.\n')
    expect((await ops('returns', 'list', '--state', 'accepted')).out).toContain(deliveryId)
    const repeat = await ops('returns', 'refuse', deliveryId, '--answer', 'No.', '--yes')
    expect([repeat.out, repeat.code]).toEqual(['', 1])
    const timeline = await ops('leads', 'show', leadId)
    expect(timeline.out).toMatch(
      /the school requests a credit of \$45\.00: wrong-person; accepted by .*: You are right\./,
    )
  })

  it('lists deliveries, cap usage and the overview of a day', async () => {
    const { deliveries } = JSON.parse((await ops('deliveries', 'list', '--state', 'delivered', '--json')).out)
    expect(deliveries).toContainEqual(expect.objectContaining({ leadId, schoolId: 'lone-prairie-college' }))
    expect((await ops('caps')).out).toMatch(/lone-prairie-nationwide.*day: \d+ of 40/)
    await ops('campaigns', 'pause', 'lone-prairie-texas')
    await fetch(`${host.urls.api}/v1/school/campaigns/lone-prairie-texas`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${host.keys.school}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'paused' }),
    })
    const record = JSON.parse((await ops('schools', 'get', 'lone-prairie-college', '--json')).out)
    const school = JSON.stringify({ ...record, creditCents: 1_000_000 })
    await runHostOps(host, ['schools', 'put', record.id, '-'], {}, school)
    expect((await ops('caps')).out).toMatch(
      /lone-prairie-texas.*paused by staff and school.*\$\d+\.00 of \$10,?000\.00/,
    )
    expect((await ops('campaigns', 'list')).out).toMatch(/lone-prairie-texas.*paused.*paused/)
    const overview = JSON.parse((await ops('overview', '--day', day, '--json')).out)
    expect(overview).toMatchObject({ leads: { accepted: 3 }, deliveries: { delivered: expect.any(Number) } })
    expect((await ops('attention')).out).toBe('All clear.\n')
    expect((await ops('overview', '--day', day)).out).toMatch(new RegExp(`^${day}\nleads: 3 accepted`))
  })
})

describe('ops erasures', () => {
  it('erases a person after confirmation, shows notified schools, and lists erasures without personal data', async () => {
    const page = createVisitor(host)
    const form = page.form(await page.match(), { schoolIds: ['lone-prairie-college'] })
    await page.send(form)
    const { email } = form.contact
    expect((await ops('erasures', 'start')).code).toBe(2)
    expect(await ops('erasures', 'start', '--email', email)).toMatchObject({ code: 2, out: '' })
    const started = await runHostOps(host, ['erasures', 'start', '--email', '-', '--yes', '--json'], {}, `${email}\n`)
    const { erasureId, leads, notices } = JSON.parse(started.out)
    expect([leads, notices.length]).toEqual([1, 1])
    await waitUntil(async () =>
      /Lone Prairie College, of lead_\S+: notified at/.test((await ops('erasures', 'show', erasureId)).out),
    )
    expect((await ops('erasures', 'list')).out).toMatch(new RegExp(`${erasureId}.*done`))
    expect(JSON.parse((await ops('leads', 'search', '--email', email, '--json')).out)).toEqual({ leads: [] })
    const schoolJson = JSON.stringify(await schoolDeliveries(host))
    expect(schoolJson).toContain('lead.erased')
    expect(schoolJson).not.toContain(email)
  })
})

const ops = (...args: string[]) => runHostOps(host, args)
