import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createClient } from '#shared/contract/client.ts'
import { readDailyReport } from '#shared/contract/reporting/reports.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { createVisitor } from './create-visitor.ts'
import { schoolDeliveries } from './local-json.ts'
import { runOps as runHostOps } from './run-ops.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'prospectus-reports-'))
let host: Host
beforeAll(async () => {
  // The first count takes longest, and the next one waits 19 times as long: the lead is there before the first.
  const earlierHost = await startHost({ port: 0, dataDir, periods: { sweep: 0.05, 'roll-up': 86_400 } })
  const page = createVisitor(earlierHost)
  await page.send(page.form(await page.match(), { schoolIds: ['lone-prairie-college'] }))
  await waitUntil(async () => (await schoolDeliveries(earlierHost)).length > 0)
  await earlierHost.close()
  host = await startHost({ port: 0, dataDir, periods: { 'roll-up': 0.05 } })
})
afterAll(async () => {
  await host.close()
  rmSync(dataDir, { recursive: true })
})
const ops = (...args: string[]) => runHostOps(host, ['reports', ...args])

it('ops reports prints days, schools and sources, with a total and the time of the count', async () => {
  const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  await waitUntil(async () => (await staff(readDailyReport, { query: {} })).body?.total?.deliveries.delivered === 1)
  expect(JSON.parse((await ops('daily', '--json')).out).total?.deliveries.delivered).toBe(1)
  const daily = await ops('daily')
  expect([daily.err, daily.code]).toEqual(['', 0])
  expect(daily.out).toMatch(/total.*\$45\.00.*\n.*\nAs of \d{4}-/)
  expect((await ops('schools')).out).toMatch(/lone-prairie-college.*1.*1.*\$45\.00/)
  expect(JSON.parse((await ops('sources', '--json')).out).sources).toMatchObject([
    { sourceId: 'sample-landing-page', leads: { received: 1 }, money: { soldCents: 4500, netCents: 4500 } },
  ])
})

it('ops reports names an invalid option, and says so if there are no figures', async () => {
  const wrong = await ops('daily', '--from', '2026-02-30')
  expect([wrong.out, wrong.code]).toEqual(['', 1])
  expect(wrong.err).toContain('from')
  const before = await ops('daily', '--from', '2020-01-01', '--to', '2020-01-02')
  expect(before.out).toBe('No figures for these days yet.\n')
  // Nothing is missing before the first day with leads.
  expect(before.err).toBe('')
})
