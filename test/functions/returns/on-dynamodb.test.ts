import { expect, inject, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { aBuyer, accept, claim, countedOf, listed } from './claims.ts'

const { endpoint, missing } = inject('dynamodbLocal')

describeUnless(missing, 'a return on DynamoDB', () => {
  it('is one, and is given back once, whoever asks and accepts at once', async () => {
    const { engineOf, close } = await openDynamodb(endpoint)
    const buyer = await aBuyer({}, undefined, engineOf)
    await buyer.deliver()
    const asked = await Promise.all([1, 2, 3, 4].map(() => claim(buyer)))
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(1)
    const decided = await Promise.all([1, 2, 3, 4].map(() => accept(buyer)))
    expect(decided.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await countedOf(buyer.town)).toEqual({ 'leads-day': 0, 'cents-total': 0, credit: 0 })
    const { body } = await buyer.town.house.staff('GET', '/v1/ops/returns?state=accepted')
    expect(listed.parse(body).returns.map(({ deliveryId }) => deliveryId)).toEqual([buyer.deliveryId])
    close()
  }, 60_000)
})
