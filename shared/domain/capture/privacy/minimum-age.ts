import type { FieldError } from '../../../contract/problems.ts'

/** Below it a request is refused in every state: a parent or guardian decides, and this service does not ask one. */
export const lowestAge = 16

type AgeRule = { state: string; age: number; law: string; since: string; checkedOn: string }

const checkedOn = '2026-11-29'
/** States whose privacy law forbids the sale of data of younger people, or demands a consent that a form cannot get. Read in summaries. */
export const ageRules: readonly AgeRule[] = [
  { state: 'CT', age: 18, law: 'Public Act 25-113 (Connecticut Data Privacy Act)', since: '2026-07-01', checkedOn },
  { state: 'DE', age: 18, law: 'Delaware Personal Data Privacy Act', since: '2025-01-01', checkedOn },
  { state: 'MD', age: 18, law: 'Maryland Online Data Privacy Act', since: '2025-10-01', checkedOn },
  { state: 'NJ', age: 17, law: 'New Jersey Data Privacy Act', since: '2025-01-15', checkedOn },
  { state: 'NY', age: 18, law: 'New York Child Data Protection Act', since: '2025-06-20', checkedOn },
]

const agesByState = new Map(ageRules.map(({ state, age }) => [state, age]))

/** The age from which people of a state may send a request through a source. */
export function getMinimumAge(state: string, { minimumAge }: AgePolicy): number {
  return Math.max(lowestAge, agesByState.get(state) ?? 0, minimumAge ?? 0)
}

type AgePolicy = { minimumAge?: number | undefined }

/** Returns the fault of an age, before contact details are asked for. An age that is not given is one only if the source asks for it. */
export function findAgeFault(
  { age, state }: { age?: number | undefined; state: string },
  policy: AgePolicy,
): FieldError | undefined {
  if (age === undefined)
    return policy.minimumAge === undefined
      ? undefined
      : { pointer: '/age', code: 'required', detail: 'is required by this source' }
  const minimum = getMinimumAge(state, policy)
  return age < minimum ? { pointer: '/age', code: 'too_young', detail: `must be at least ${minimum}` } : undefined
}
