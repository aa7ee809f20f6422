import { expect, it } from 'vitest'
import { records } from '#shared/contract/records.ts'
import { parseRequest } from '#shared/runtime/parse-request.ts'

it('refuses a rule that is nested too deep to judge, before it walks it', () => {
  let rules: object = { field: 'age', op: 'at-least', value: 18 }
  for (let level = 0; level < 1500; level++) rules = { not: rules }
  const event = {
    pathParameters: { id: 'deep' },
    headers: {},
    body: { ...records.campaigns.put.example.body, rules },
  }

  expect(() => parseRequest(records.campaigns.put, event)).toThrow('INVALID_REQUEST')
})
