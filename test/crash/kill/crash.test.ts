import { expect, it } from 'vitest'
import { testSeed } from '#test/test-seed.ts'
import { testSize } from '#test/test-sizes.ts'
import { crashes } from './crashes.ts'

const { killed } = crashes

it('loses no lead and delivers none twice while the host is killed at random moments', async () => {
  const { figures, faults } = await killed.run({ size: 'small', seed: testSeed() })
  expect(faults).toEqual([])
  expect(figures).toMatchObject({
    'kills by SIGKILL': testSize('kills'),
    'leads answered with 201': testSize('leadsDuringKills'),
  })
})
