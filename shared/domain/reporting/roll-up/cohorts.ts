import { secondsPerDay } from '../../time.ts'
import { dispositionOrder } from '../figures.ts'
import type { Counts } from './cells.ts'

/** Ages of a lead in days, at which a report by week says how far it had come. */
const cohortAges = [1, 3, 7, 14, 30, 60, 90, 180, 365] as const
/** How far a student comes. Each is reached by a disposition of this name, or by a further one. */
const cohortSteps = { contact: 'contacted', application: 'applied', enrollment: 'enrolled' } as const
const cohortStepNames = ['contact', 'application', 'enrollment'] as const

type Dispositions = readonly { disposition: (typeof dispositionOrder)[number]; at: string }[]

/** Counts a lead that arrived, and at which age it came to each step. */
export function countCohort(receivedAt: string, dispositions: Dispositions): Counts {
  const steps = cohortStepNames.flatMap((step) => {
    const minimum = dispositionOrder.indexOf(cohortSteps[step])
    const times = dispositions.filter(({ disposition }) => dispositionOrder.indexOf(disposition) >= minimum)
    const [first] = times.map(({ at }) => at).toSorted()
    return first === undefined ? [] : [[`${step}.${findAge(receivedAt, first)}`, 1] as const]
  })
  return { delivered: 1, ...Object.fromEntries(steps) }
}

/** The least of the ages within which something happened, as its place among them; their number if it was later. */
function findAge(receivedAt: string, at: string): number {
  const days = (Date.parse(at) - Date.parse(receivedAt)) / 1000 / secondsPerDay
  const found = cohortAges.findIndex((age) => days <= age)
  return found === -1 ? cohortAges.length : found
}
