import * as z from 'zod'
import { addDays } from '../../time.ts'
import { instant } from '../../vocabulary.ts'
import { type Cap, cap, getCapName } from '../cap.ts'
import { rule } from '../rules.ts'

/**
 * What a cap counts, and the name of its counter. The counter belongs to period, unit and rules, so that a cap with
 * another id, limit, order or action counts on. `retiredAt`: no cap uses it since then, and it counts on for a while.
 */
export const capCounter = z.object({
  ...cap.pick({ period: true, unit: true }).shape,
  rules: rule.optional(),
  name: z.string(),
  retiredAt: instant.optional(),
})
export type CapCounter = z.output<typeof capCounter>
type Counted = Pick<Cap, 'period' | 'unit' | 'rules'>
type CounterOwner = { counters?: readonly CapCounter[] | undefined; caps: readonly Cap[] }

// The longest window is a month. A counter of all time is never forgotten.
const retiredDays = 32
const maxRetired = 10

/**
 * Returns the counters of an owner after a change of its caps. A cap that is removed and added again finds its counter
 * as if it had never been away, because the counter counted on.
 */
export function planCounters(caps: readonly Cap[], previous: CounterOwner | undefined, at: string): CapCounter[] {
  const earlier =
    previous?.counters ?? uniqueCounters((previous?.caps ?? []).map((one) => nameCounter(one, getCapName(one))))
  const current: CapCounter[] = []
  for (const one of caps) {
    if (current.some((counter) => isCounterOf(counter, one))) continue
    const existing = earlier.find((counter) => isCounterOf(counter, one))
    const isTaken = (name: string) => [...earlier, ...current].some((counter) => counter.name === name)
    current.push(nameCounter(one, existing?.name ?? findFreeName(`${one.unit}-${one.period}`, isTaken)))
  }
  const retired = earlier
    .filter((counter) => !current.some((other) => isCounterOf(other, counter)))
    .map((counter) => ({ ...counter, retiredAt: counter.retiredAt ?? at }))
    .filter(({ period, retiredAt }) => period === 'total' || retiredAt > addDays(at, -retiredDays))
  return [...current, ...retired.slice(-maxRetired)]
}

/** Returns the counter of a cap. Without a list, which records written before lists do not have, its name is that of the cap. */
export function findCounterName(
  one: Counted & { id?: string | undefined },
  counters: readonly CapCounter[] | undefined,
): string {
  return counters?.find((counter) => isCounterOf(counter, one))?.name ?? getCapName(one)
}

/** The counters that no cap uses now, as caps that stop nothing. */
export function listRetiredCaps(counters: readonly CapCounter[] = []): Cap[] {
  return counters.flatMap(({ period, unit, rules, retiredAt }) =>
    retiredAt === undefined
      ? []
      : [{ period, unit, ...(rules && { rules }), limit: Number.MAX_SAFE_INTEGER, onReached: 'skip' as const }],
  )
}

function nameCounter({ period, unit, rules }: Counted, name: string): CapCounter {
  return { period, unit, ...(rules && { rules }), name }
}

function uniqueCounters(counters: readonly CapCounter[]): CapCounter[] {
  return counters.filter((one, index) => counters.findIndex((other) => isCounterOf(other, one)) === index)
}

function isCounterOf(counter: Counted, { period, unit, rules }: Counted): boolean {
  return counter.period === period && counter.unit === unit && JSON.stringify(counter.rules) === JSON.stringify(rules)
}

function findFreeName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidateName = number === 1 ? name : `${name}-${number}`
    if (!isTaken(candidateName)) return candidateName
  }
}
