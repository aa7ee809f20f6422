import { describe, expect, it } from 'vitest'
import type { HostSabotage } from './host-settings.ts'
import { runCrashTrial } from './kill/run-crash-trial.ts'

/** With this seed hosts are killed only under way: while they answer, deliver, answer and deliver. */
const seed = 8

describe.concurrent('the crash proof', () => {
  it.each<[HostSabotage, string, RegExp]>([
    ['answers-early', 'answers before the commit', /deliveries are lost/],
    ['new-id-on-retry', 'gives a delivery another id at each retry', /deliveries arrived that no receipt names/],
    ['naive-caps', 'reads a cap and then writes it', /deliveries over the cap arrived/],
    ['no-sweeper', 'has no sweeper', /deliveries are lost/],
  ])('detects: a host with %s, which %s', async (sabotage, _, fault) => {
    const { faults } = await runCrashTrial({
      seed,
      kills: 5,
      leads: 200,
      host: { sabotage },
      mishapsIn100: 15,
      quietSeconds: 8,
    })
    expect(faults).toContainEqual(expect.stringMatching(fault))
  })
})
