import { describe, expect, it } from 'vitest'
import { crash } from './crash-proof.ts'
import type { Sabotage } from './host-settings.ts'
import { testSeed } from './test-seed.ts'

const seed = testSeed()

describe('the crash proof', () => {
  it.for<[Sabotage, string, RegExp]>([
    ['answers-early', 'answers before the commit', /deliveries are lost/],
    ['new-id-on-retry', 'gives a delivery another id at each retry', /leads came under two ids/],
    ['naive-caps', 'reads a cap and then writes it', /deliveries over the cap arrived/],
    ['no-sweeper', 'has no sweeper', /deliveries are lost/],
  ])('sees through a host that: %s', { timeout: 120_000 }, async ([sabotage, , fault]) => {
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
