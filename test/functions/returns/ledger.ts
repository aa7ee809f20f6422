import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { ownerOf } from '#shared/domain/routing/caps.ts'
import type { Logged } from '#shared/store/delivery/deliveries.ts'
import { countersOf, deliveriesOf } from '#test/functions/routing/ledger.ts'
import type { Town } from '#test/functions/town.ts'

/** What was answered to whom, all of it. */
export type Answers = { deliveryId: string; act: string; status: number }[]

export async function deliveriesOfAll({ house }: Town, schools: readonly string[]) {
  return (await Promise.all(schools.map((id) => deliveriesOf(house, id)))).flat()
}

/** What is not as promised of returns, and of the money that they give back. */
export async function audit(town: Town, schools: readonly string[], answers: Answers) {
  const { deliveries, returns } = town.house.needsOf('operator')
  const faults: string[] = []
  const found = await deliveriesOfAll(town, schools)
  const all = (await Promise.all(found.map(({ deliveryId }) => deliveries.log(deliveryId)))).flatMap((log) => log ?? [])
  for (const id of schools) {
    const held = all.filter((delivery) => delivery.schoolId === id && holds(delivery))
    const cents = held.reduce((sum, { priceCents }) => sum + priceCents, 0)
    compare(id, await summed(ownerOf('campaigns', id)), { leads: held.length, cents })
    compare(id, await summed(ownerOf('schools', id)), { credit: cents })
  }
  const listed: LeadReturn[] = []
  for (const state of ['requested', 'accepted', 'refused'] as const)
    listed.push(...(await returns.inState(state, { limit: 1000 })).returns)
  for (const { deliveryId, return: stands, returnedAt } of all) {
    if (listed.filter((one) => one.deliveryId === deliveryId).length !== (stands ? 1 : 0))
      faults.push(`${deliveryId} is not listed as it stands`)
    if ((stands?.state === 'accepted') !== (returnedAt !== undefined))
      faults.push(`${deliveryId} is ${stands?.state}, and given back at ${returnedAt}`)
    if (wins(deliveryId, 201, ['ask', 'ask otherwise']) !== (stands ? 1 : 0))
      faults.push(`${deliveryId} was returned more than once`)
    const decided = stands && stands.state !== 'requested' ? 1 : 0
    if (wins(deliveryId, 200, ['accept', 'refuse']) !== decided) faults.push(`${deliveryId} was decided more than once`)
  }
  const inState = (state: string) => listed.filter((one) => one.state === state).length
  const redelivered = all.filter(({ replays, return: stands }) => replays > 0 && stands?.state === 'accepted').length
  return { faults, seen: { accepted: inState('accepted'), refused: inState('refused'), redelivered } }

  async function summed(owner: string) {
    const sums: { [kind: string]: number } = {}
    for (const [name, used] of Object.entries(await countersOf(town.house, owner))) {
      const kind = name.replace(/[-#].*/, '')
      sums[kind] = (sums[kind] ?? 0) + used
    }
    return sums
  }

  function compare(id: string, counted: { [kind: string]: number }, rows: { [kind: string]: number }) {
    for (const [kind, there] of Object.entries(rows))
      if ((counted[kind] ?? 0) !== there)
        faults.push(`${id} counts ${counted[kind] ?? 0} ${kind}, and ${there} are there`)
  }

  function wins(deliveryId: string, status: number, acts: readonly string[]): number {
    return answers.filter((one) => one.deliveryId === deliveryId && one.status === status && acts.includes(one.act))
      .length
  }
}

/** Whether a delivery counts: it is bought or may yet be, and its school was not given it back. */
function holds({ state, returnedAt, deliveredAt }: Logged): boolean {
  if (returnedAt !== undefined || state === 'rejected' || state === 'dead') return false
  return state !== 'erased' || deliveredAt !== undefined
}
