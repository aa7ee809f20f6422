import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { eventually } from '#test/local/eventually.ts'
import { schoolDeliveries } from './local-json.ts'
import { ops } from './ops.ts'
import { visitor } from './visitor.ts'

let host: Host
let leadId: string
let deliveryId: string
beforeAll(async () => {
  host = await startHost({ port: 0, periods: { sweep: 0.05, replay: 0.05 } })
  const page = visitor(host)
  const { body } = await page.send(page.form(await page.match(), { schoolIds: ['lone-prairie-college'] }))
  leadId = body?.leadId ?? ''
  deliveryId = body?.schools[0]?.deliveryId ?? ''
  await seen(1)
})
afterAll(() => host.close())

const seen = (times: number) =>
  eventually(async () =>
    (await schoolDeliveries(host)).some((one) => one.webhookId === deliveryId && one.timesSeen === times),
  )

describe('ops', () => {
  it('sends one delivery once more', async () => {
    const of = ['leads', 'replay', leadId, '--delivery', deliveryId]
    const told = `${deliveryId}  Lone Prairie College`
    expect(await ops(host, [...of, '--dry-run'])).toEqual({ out: `${told}: delivered\n`, err: '', code: 0 })
    const unasked = await ops(host, of)
    expect([unasked.out, unasked.code]).toEqual(['', 2])
    expect(unasked.err).toContain('say --yes')
    expect(await ops(host, [...of, '--yes'])).toEqual({ out: `${told}: pending\n`, err: '', code: 0 })
    await seen(2)
  })

  it('counts all that match, and sends them once more', async () => {
    const of = ['replays', 'start', '--school', 'lone-prairie-college', '--state', 'delivered']
    const counted = await ops(host, ['--json', ...of, '--dry-run'])
    expect(JSON.parse(counted.out)).toEqual({ count: 1, byState: { delivered: 1 } })
    const sent = await ops(host, [...of, '--yes'])
    expect([sent.out, sent.code]).toEqual(['1 of 1 go out again.\n', 0])
    await seen(3)
    const listed = await ops(host, ['replays', 'list', '--json'])
    const { replays } = JSON.parse(listed.out)
    expect(replays).toMatchObject([{ state: 'done', matched: 1, replayed: 1 }])
    const shown = await ops(host, ['replays', 'show', replays[0].replayId])
    expect([shown.out, shown.code]).toEqual([expect.stringContaining('1 of 1 go out again'), 0])
  })

  it('says what cannot be', async () => {
    const unknown = await ops(host, ['leads', 'replay', leadId, '--delivery', 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A', '--yes'])
    expect([unknown.err, unknown.code]).toEqual([expect.stringContaining('has no such delivery'), 1])
    const state = await ops(host, ['replays', 'start', '--state', 'rejected'])
    expect([state.err, state.code]).toEqual([expect.stringContaining('Allowed choices are'), 2])
  })
})
