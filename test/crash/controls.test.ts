import { describe, expect, it } from 'vitest'
import type { Sabotage } from './host-settings.ts'
import { crash } from './kill/crash-proof.ts'
import { testSeed } from './proof/test-seed.ts'

const seed = testSeed()

describe.concurrent('the crash proof', () => {
  it.each<[Sabotage, string, RegExp]>([
    ['answers-early', 'answers before the commit', /deliveries are lost/],
    ['new-id-on-retry', 'gives a delivery another id at each retry', /leads came under two ids/],
    ['naive-caps', 'reads a cap and then writes it', /deliveries over the cap arrived/],
    ['no-sweeper', 'has no sweeper', /deliveries are lost/],
  ])('sees through a host of the kind %s, which %s', { timeout: 120_000 }, async (sabotage, _, fault) => {
    const { faults } = await crash({
      seed,
      kills: 5,
      leads: 200,
      host: { sabotage },
      mishapsIn100: 15,
      quietSeconds: 3,
    })
    expect(faults).toContainEqual(expect.stringMatching(fault))
  })
})
