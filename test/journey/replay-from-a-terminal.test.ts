import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { eventually } from '#test/local/eventually.ts'
import { schoolDeliveries } from './local-json.ts'
import { ops } from './ops.ts'
import { visitor } from './visitor.ts'

let host: Host
let deliveryId: string
beforeAll(async () => {
  host = await startHost({ port: 0, periods: { sweep: 0.05, replay: 0.05 } })
  const page = visitor(host)
  const { body } = await page.send(page.form(await page.match(), { schoolIds: ['lone-prairie-college'] }))
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
    const { out, code } = await ops(host, ['replay', deliveryId])
    expect([out, code]).toEqual([`${deliveryId} is pending, and goes out at once.\n`, 0])
    await seen(2)
  })

  it('counts all that match, and sends them once more', async () => {
    const of = ['replays', '--school', 'lone-prairie-college', '--state', 'delivered']
    const counted = await ops(host, ['--json', ...of, '--dry-run'])
    expect(JSON.parse(counted.out)).toEqual({ count: 1, byState: { delivered: 1 } })
    const sent = await ops(host, [...of, '--yes'])
    expect([sent.out, sent.code]).toEqual(['1 of 1 go out again.\n', 0])
    await seen(3)
  })

  it('says what cannot be', async () => {
    const unknown = await ops(host, ['replay', 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A'])
    expect([unknown.err, unknown.code]).toEqual([expect.stringContaining('There is no delivery of that id'), 1])
    const state = await ops(host, ['replays', '--state', 'rejected'])
    expect([state.err, state.code]).toEqual([expect.stringContaining('Allowed choices are'), 1])
  })
})
