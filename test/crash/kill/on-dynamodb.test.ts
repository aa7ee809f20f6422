import { expect, inject, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { testSeed } from '#test/test-seed.ts'
import { testSize } from '#test/test-sizes.ts'
import { runCrashTrialOnDynamodb } from './run-crash-trial-on-dynamodb.ts'

const { endpoint, missing } = inject('dynamodbLocal')

describeUnless(missing, 'a host that is killed on DynamoDB', () => {
  it('loses no lead and delivers none twice while the host is killed', async () => {
    const { faults } = await runCrashTrialOnDynamodb({
      endpoint,
      seed: testSeed(),
      kills: testSize('killsOnDynamodb'),
      leads: testSize('leadsDuringKillsOnDynamodb'),
    })
    expect(faults).toEqual([])
  })
})
