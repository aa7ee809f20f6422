import { expect, it } from 'vitest'
import { testSeed } from '../proof/test-seed.ts'
import { crashes } from './crashes.ts'

const { killed } = crashes

it('loses no lead and sells none twice while the host is killed 20 times', { timeout: 180_000 }, async () => {
  const { figures, faults } = await killed.run({ size: 'small', seed: testSeed() })
  expect(faults).toEqual([])
  expect(figures).toMatchObject({ 'kills by SIGKILL': 20, 'leads answered with 201': 1000 })
})
