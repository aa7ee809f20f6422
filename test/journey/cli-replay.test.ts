import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { createVisitor } from './create-visitor.ts'
import { schoolDeliveries } from './local-json.ts'
import { runOps } from './run-ops.ts'

let host: Host
let leadId: string
let deliveryId: string
beforeAll(async () => {
  host = await startHost({ port: 0, periods: { sweep: 0.05, replay: 0.05 } })
  const page = createVisitor(host)
  const { body } = await page.send(page.form(await page.match(), { schoolIds: ['lone-prairie-college'] }))
  leadId = body?.leadId ?? ''
  deliveryId = body?.schools[0]?.deliveryId ?? ''
  await waitForDeliveries(1)
})
afterAll(() => host.close())

const waitForDeliveries = (times: number) =>
  waitUntil(async () =>
    (await schoolDeliveries(host)).some((one) => one.webhookId === deliveryId && one.timesSeen === times),
  )

describe('ops', () => {
  it('resends one delivery', async () => {
    const args = ['leads', 'replay', leadId, '--delivery', deliveryId]
    const expectedPrefix = `${deliveryId}  Lone Prairie College`
    expect(await runOps(host, [...args, '--dry-run'])).toEqual({
      out: `${expectedPrefix}: delivered\n`,
      err: '',
      code: 0,
    })
    const withoutConfirmation = await runOps(host, args)
    expect([withoutConfirmation.out, withoutConfirmation.code]).toEqual(['', 2])
    expect(withoutConfirmation.err).toContain('pass --yes')
    expect(await runOps(host, [...args, '--yes'])).toEqual({ out: `${expectedPrefix}: pending\n`, err: '', code: 0 })
    await waitForDeliveries(2)
  })

  it('counts the matching deliveries and resends them', async () => {
    const args = ['replays', 'start', '--school', 'lone-prairie-college', '--state', 'delivered']
    const dryRun = await runOps(host, ['--json', ...args, '--dry-run'])
    expect(JSON.parse(dryRun.out)).toEqual({ count: 1, byState: { delivered: 1 } })
    const result = await runOps(host, [...args, '--yes'])
    expect([result.out, result.code]).toEqual(['1 of 1 resent.\n', 0])
    await waitForDeliveries(3)
    const listResult = await runOps(host, ['replays', 'list', '--json'])
    const { replays } = JSON.parse(listResult.out)
    expect(replays).toMatchObject([{ state: 'done', matched: 1, replayed: 1 }])
    const showResult = await runOps(host, ['replays', 'show', replays[0].replayId])
    expect([showResult.out, showResult.code]).toEqual([expect.stringContaining('1 of 1 resent'), 0])
  })

  it('says what cannot be', async () => {
    const missing = await runOps(host, ['leads', 'replay', leadId, '--delivery', 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A', '--yes'])
    expect([missing.err, missing.code]).toEqual([
      expect.stringContaining('has no delivery dlv_4fJ0q2mXbW7cT1nZ8yKd5A'),
      1,
    ])
    const state = await runOps(host, ['replays', 'start', '--state', 'rejected'])
    expect([state.err, state.code]).toEqual([expect.stringContaining('Allowed choices are'), 2])
  })
})
