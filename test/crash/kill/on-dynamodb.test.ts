import { expect, inject, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { testSeed } from '../proof/test-seed.ts'
import { crashOnDynamodb } from './crash-on-dynamodb.ts'

const { endpoint, missing } = inject('dynamodbLocal')

describeUnless(missing, 'a host that is killed on DynamoDB', () => {
  it('loses no lead and sells none twice', { timeout: 180_000 }, async () => {
    const { faults } = await crashOnDynamodb({ endpoint, seed: testSeed(), kills: 3, leads: 60 })
    expect(faults).toEqual([])
  })
})
