import { expect, inject, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { aBuyer, acceptReturn, readSchoolCounters, requestReturn, returnList } from './return-fixture.ts'

const { endpoint, missing } = inject('dynamodbLocal')

describeUnless(missing, 'a return on DynamoDB', () => {
  it('creates one return and releases it once under concurrent requests and decisions', async () => {
    const { createEngine: engineOf, close } = await openDynamodb(endpoint)
    const buyer = await aBuyer({}, undefined, engineOf)
    await buyer.deliver()
    const requests = await Promise.all([1, 2, 3, 4].map(() => requestReturn(buyer)))
    expect(requests.filter(({ status }) => status === 201)).toHaveLength(1)
    const decisions = await Promise.all([1, 2, 3, 4].map(() => acceptReturn(buyer)))
    const responses = decisions.filter(({ status }) => status === 200).map(({ body }) => JSON.stringify(body))
    // The same decision again gets the same response.
    expect(new Set(responses).size).toBe(1)
    expect(await readSchoolCounters(buyer.town)).toEqual({ 'leads-day': 0, 'cents-total': 0, credit: 0 })
    const { body } = await buyer.town.api.staff('GET', '/v1/ops/returns?state=accepted')
    expect(returnList.parse(body).returns.map(({ deliveryId }) => deliveryId)).toEqual([buyer.deliveryId])
    close()
  })
})
