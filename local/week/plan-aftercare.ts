import type { DispositionWord } from '#shared/domain/aftercare/disposition.ts'
import type { ReturnReason } from '#shared/domain/aftercare/lead-return.ts'
import { pick } from './seeded-random.ts'

const hourMs = 3_600_000

/** What an admissions office does with a lead, each so many milliseconds after it arrived. */
export type AftercareStep =
  | { afterMs: number; kind: 'status'; disposition: DispositionWord; note?: string }
  | { afterMs: number; kind: 'return'; reason: ReturnReason; note?: string }

/** Most leads are called within a day; each further step is reached by fewer, as admissions offices report them. */
export function planAftercare(random: () => number): AftercareStep[] {
  const roll = random()
  const first = (0.4 + random() * 20) * hourMs
  const status = (afterMs: number, disposition: DispositionWord, note?: string): AftercareStep => ({
    afterMs,
    kind: 'status',
    disposition,
    ...(note !== undefined && { note }),
  })
  if (roll < 0.12) return []
  if (roll < 0.2)
    return [
      status(first, 'bad-contact', 'The number is disconnected.'),
      { afterMs: first + 0.1 * hourMs, kind: 'return', reason: 'invalid-contact' },
    ]
  if (roll < 0.26) return [{ afterMs: first, kind: 'return', ...pick(otherReturns, random) }]
  if (roll < 0.36) return [status(first, 'not-interested')]
  if (roll < 0.55) return [status(first, 'attempted-contact', 'Left a voicemail.')]
  const steps = [status(first, 'contacted')]
  const chain = ['interviewed', 'applied', 'enrolled'] as const
  let afterMs = first
  for (const disposition of chain) {
    if (random() > 0.55) break
    afterMs += (12 + random() * 24) * hourMs
    steps.push(status(afterMs, disposition))
  }
  return steps
}

const otherReturns: readonly [ReturnStep, ...ReturnStep[]] = [
  { reason: 'duplicate', note: 'Applied with us in August.' },
  { reason: 'wrong-person' },
  { reason: 'not-interested-in-education', note: 'Was looking for a job at a clinic.' },
]
type ReturnStep = Omit<Extract<AftercareStep, { kind: 'return' }>, 'afterMs' | 'kind'>
