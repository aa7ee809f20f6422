import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { sumCents } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import { counterOwner } from '#shared/domain/routing/caps.ts'
import type { DeliveryWithAttempts } from '#shared/store/delivery/delivery-row.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { listEntries, schoolAccount } from '#test/functions/ledger/list-entries.ts'
import { listDeliveries, readCounters } from '#test/functions/routing/stored-rows.ts'

/** Every act with its response status. */
export type ReturnActions = { deliveryId: string; act: string; status: number }[]

export async function listAllDeliveries({ api }: TestSystem, schools: readonly string[]) {
  return (await Promise.all(schools.map((id) => listDeliveries(api, id)))).flat()
}

const decisionsByState = { requested: [], accepted: ['accept'], refused: ['refuse'] } as const

/** Returns what is wrong with returns and with the credit that they give. */
export async function auditReturns(system: TestSystem, schools: readonly string[], actions: ReturnActions) {
  const { deliveries, returns } = system.api.createDependencies('operator')
  const faults: string[] = []
  const deliveryRows = await listAllDeliveries(system, schools)
  const all = (
    await Promise.all(deliveryRows.map(({ deliveryId }) => deliveries.findWithAttempts(deliveryId)))
  ).flatMap((log) => log ?? [])
  for (const id of schools) {
    const countedDeliveries = all.filter((delivery) => delivery.schoolId === id && isCounted(delivery))
    const cents = countedDeliveries.reduce((sum, { priceCents }) => sum + priceCents, 0)
    compare(id, await sumCounters(counterOwner('campaigns', id)), { leads: countedDeliveries.length, cents })
    compare(id, await sumCounters(counterOwner('schools', id)), { credit: cents })
    await compareLedger(id)
  }
  const listed: LeadReturn[] = []
  for (const state of ['requested', 'accepted', 'refused'] as const)
    listed.push(...(await returns.listByState(state, { limit: 1000 })).returns)
  for (const { deliveryId, return: leadReturn, returnedAt } of all) {
    if (listed.filter((one) => one.deliveryId === deliveryId).length !== (leadReturn ? 1 : 0))
      faults.push(`${deliveryId} is not listed in its current state`)
    if ((leadReturn?.state === 'accepted') !== (returnedAt !== undefined))
      faults.push(`${deliveryId} is ${leadReturn?.state}, but was returned at ${returnedAt}`)
    if (countSuccesses(deliveryId, 201, ['ask', 'ask otherwise']) !== (leadReturn ? 1 : 0))
      faults.push(`${deliveryId} was returned more than once`)
    // The same decision again gets the same response; another decision is refused.
    const decisions = (['accept', 'refuse'] as const).filter((act) => countSuccesses(deliveryId, 200, [act]) > 0)
    const expectedDecisions = leadReturn ? decisionsByState[leadReturn.state] : []
    if (decisions.join() !== expectedDecisions.join())
      faults.push(`${deliveryId} was decided by ${decisions.join(' and ') || 'nobody'}, and is ${leadReturn?.state}`)
  }
  const countInState = (state: string) => listed.filter((one) => one.state === state).length
  const redelivered = all.filter(
    ({ replays, return: leadReturn }) => replays > 0 && leadReturn?.state === 'accepted',
  ).length
  return { faults, counts: { accepted: countInState('accepted'), refused: countInState('refused'), redelivered } }

  /** What the school owes is the price of what it has, less what it got back; no cause counts twice. */
  async function compareLedger(id: string) {
    const entries = await listEntries(system, schoolAccount(id))
    const sold = all.filter(({ schoolId, deliveredAt }) => schoolId === id && deliveredAt !== undefined)
    const owedCents = sold.reduce((sum, { priceCents, returnedAt }) => sum + (returnedAt ? 0 : priceCents), 0)
    if (-sumCents(entries) !== owedCents)
      faults.push(`${id} owes ${owedCents}, and its ledger says ${-sumCents(entries)}`)
    if (new Set(entries.map(({ entryId }) => entryId)).size !== entries.length)
      faults.push(`${id} has an entry twice in its ledger`)
  }

  async function sumCounters(owner: string) {
    const sums: { [kind: string]: number } = {}
    for (const [name, count] of Object.entries(await readCounters(system.api, owner))) {
      const kind = name.replace(/[-#].*/, '')
      sums[kind] = (sums[kind] ?? 0) + count
    }
    return sums
  }

  function compare(id: string, counters: { [kind: string]: number }, rows: { [kind: string]: number }) {
    for (const [kind, expected] of Object.entries(rows))
      if ((counters[kind] ?? 0) !== expected)
        faults.push(`${id} counts ${counters[kind] ?? 0} ${kind}, and ${expected} are there`)
  }

  function countSuccesses(deliveryId: string, status: number, acts: readonly string[]): number {
    return actions.filter((one) => one.deliveryId === deliveryId && one.status === status && acts.includes(one.act))
      .length
  }
}

/** Whether a delivery counts: it is sold or may still be, and its school got no credit. */
function isCounted({ state, returnedAt, deliveredAt }: DeliveryWithAttempts): boolean {
  if (returnedAt !== undefined || state === 'rejected' || state === 'dead') return false
  return state !== 'erased' || deliveredAt !== undefined
}
