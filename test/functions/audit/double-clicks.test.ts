import { describe, expect, it } from 'vitest'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import type { TestResponse } from '#test/functions/house/check-response.ts'
import { createPeopleSystem } from '#test/functions/operator/access/people/create-people-system.ts'
import { type AuditedOperation, auditedOperations } from './audited-operations.ts'
import { listStoredEntries } from './list-stored-entries.ts'

/** Operations of which every click counts, each with the reason. All others decide one thing, however often they are sent. */
const repeatable: { [operation: string]: string } = {
  ...list('Each look is recorded.', ['revealLead', 'findConsentProofs', 'answerAccessRequest']),
  ...list('Each file is recorded.', ['exportLeads', 'exportSuppressions']),
  ...list('Each statement is a record of its own, and the last one is in effect.', [
    'addSuppression',
    'importSuppressions',
    'importSchoolWithdrawals',
    'recordSchoolWithdrawal',
    'withdrawByLink',
    'withdrawConsent',
  ]),
  ...list('Each secret, key, link and invitation is shown once, so every click needs its own.', [
    'createKey',
    'createPortalLink',
    'rotateCampaignSecret',
    'rotateSecret',
    'sendColleagueInvitation',
    'sendInvitation',
  ]),
  ...list('The same value is written again, and nothing else changes.', [
    'changeColleague',
    'changePerson',
    'changeNotificationSettings',
    'changeSchoolCampaign',
    'resetSecondFactor',
    'signOutEverywhere',
  ]),
  ...list('Each erasure is a request with a receipt of its own; what the first one erased stays erased.', [
    'erasePerson',
  ]),
  ...list('Each click asks for one more attempt, and attempts that are due together are one.', [
    'replayDelivery',
    'resendDelivery',
    'sendCampaignTestLead',
    'sendTestLead',
  ]),
}

const audited = Object.entries(auditedOperations).flatMap(([name, row]) =>
  'action' in row && !(name in repeatable) ? [[name, row] as const] : [],
)
const clicks = 3

describe('the table of operations of which every click counts', () => {
  it('names operations that are audited, and no other', () => {
    expect(Object.keys(repeatable).filter((name) => !(name in auditedOperations))).toEqual([])
  })
})

describe('an act that is clicked three times at once', () => {
  it.each(audited)('happens once: %s', async (_, row) => {
    const calls = await countCalls(row)
    const { responses, entries } = await clickLastCall(row, calls)
    expect(responses.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([])
    expect(responses.filter(({ status }) => status < 300).length).toBeGreaterThan(0)
    expect(entries).toBe(1)
  })
})

function list(reason: string, operations: readonly string[]): { [operation: string]: string } {
  return Object.fromEntries(operations.map((name) => [name, reason]))
}

type Call = () => Promise<TestResponse>

/** Lets `around` make each call of an API, with its number. */
function wrapCalls(system: TestSystem, around: (number: number, call: Call) => Promise<TestResponse>): TestSystem {
  let number = 0
  const { staff, call } = system.api
  const api = {
    ...system.api,
    staff: (...args: Parameters<typeof staff>) => around(++number, () => staff(...args)),
    call: (...args: Parameters<typeof call>) => around(++number, () => call(...args)),
  }
  return { ...system, api }
}

async function countCalls({ run }: AuditedOperation): Promise<number> {
  let count = 0
  await run(
    wrapCalls(await createPeopleSystem(), (number, call) => {
      count = number
      return call()
    }),
  )
  return count
}

async function clickLastCall({ action, run }: AuditedOperation, lastCall: number) {
  const system = await createPeopleSystem()
  const countEntries = async () => (await listStoredEntries(system.api)).filter((one) => one.action === action).length
  let responses: TestResponse[] = []
  let before = 0
  await run(
    wrapCalls(system, async (number, call) => {
      if (number !== lastCall) return call()
      before = await countEntries()
      responses = await Promise.all(Array.from({ length: clicks }, call))
      const [first] = responses
      if (!first) throw new Error('No response.')
      return first
    }),
  )
  return { responses, entries: (await countEntries()) - before }
}
