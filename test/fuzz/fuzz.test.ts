import { describe, expect, it } from 'vitest'
import { testSeed } from '#test/test-seed.ts'
import { testRuns } from '#test/test-sizes.ts'
import { findFault, fuzz } from './fuzz.ts'
import { canary } from './mutations.ts'
import { operations } from './operations.ts'

const run = { requests: testRuns('fuzzRequests'), seed: testSeed() }
console.log(`${run.requests} fuzzed requests per operation`)

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s answers random requests as documented, and never repeats invalid input',
  { timeout: 20_000 + run.requests * 200 },
  async (_, operation) => {
    const statuses = await fuzz(operation, run)
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(run.requests)
  },
)

describe('the check of responses', () => {
  const submitLead = operations.find(({ operationId }) => operationId === 'submitLead')
  const receipt = {
    leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
    outcome: 'accepted',
    schools: [],
    receivedAt: '2026-11-23T15:00:00Z',
  }
  const problem = { type: '/docs#problem-KEY_UNKNOWN', title: 'Invalid API key', status: 401, code: 'KEY_INVALID' }
  const faults = (status: number, type: string, body: object) =>
    submitLead && findFault(submitLead, { status, headers: { 'content-type': type }, body, text: JSON.stringify(body) })

  it('accepts documented responses', () => {
    expect(faults(201, 'application/json', receipt)).toBeUndefined()
    expect(faults(401, 'application/problem+json', problem)).toBeUndefined()
  })

  it.each([
    [500, 'application/problem+json', problem, 'A fault of ours'],
    [401, 'application/json', problem, 'no problem+json'],
    [401, 'application/problem+json', { ...problem, detail: canary }, 'repeats what was sent'],
    [201, 'application/json', { ...receipt, outcome: 'sold' }, 'Not what the document says'],
    [202, 'application/json', receipt, 'Not what the document says'],
  ])('detects: an undocumented response %i %s', (status, type, body, fault) => {
    expect(faults(status, type, body)).toContain(fault)
  })
})
