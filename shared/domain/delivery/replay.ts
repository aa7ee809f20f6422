import * as z from 'zod'
import { idOf } from '../ids.ts'
import { instant, recordId } from '../vocabulary.ts'
import { type Delivery, type DeliveryState, enteredFrom } from './delivery.ts'

/** Which deliveries are replayed. A rejected one is not: its lead was offered to others. */
export const replayFilter = z
  .strictObject({
    schoolId: recordId.optional().meta({ description: 'Absent: every school that has a record.' }),
    campaignId: recordId.optional(),
    states: z
      .array(z.enum(enteredFrom.pending))
      .min(1)
      .default(['dead'])
      .meta({ description: 'In which state they are when they are looked at.' }),
    from: instant.optional().meta({ description: 'Made at this instant or later.' }),
    to: instant.optional().meta({ description: 'Made before this instant. Never later than the replay itself.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || !(Date.parse(from) >= Date.parse(to)), {
    path: ['to'],
    error: 'must be later than from',
  })
  .meta({ id: 'ReplayFilter' })
export type ReplayFilter = z.output<typeof replayFilter>

/** A replay of all that match, as far as it has come. */
export const replayJob = z
  .strictObject({
    replayId: idOf('replay'),
    filter: replayFilter,
    state: z.enum(['running', 'done']),
    startedAt: instant,
    endedAt: instant.optional(),
    matched: z.int().min(0),
    replayed: z.int().min(0),
    skipped: z.int().min(0).meta({
      description: 'No longer in such a state when its turn came, or replayed by somebody else since the start.',
    }),
    capReached: z.int().min(0).meta({
      description: 'Dead ones whose place under a cap has gone to another lead meanwhile.',
    }),
  })
  .meta({ id: 'Replay' })
export type ReplayJob = z.output<typeof replayJob>

/** A filter as every spelling of it is kept. */
export function normalFilter({ schoolId, campaignId, states, from, to }: ReplayFilter): ReplayFilter {
  return {
    ...(schoolId !== undefined && { schoolId }),
    ...(campaignId !== undefined && { campaignId }),
    states: [...new Set(states)].sort(),
    ...(from !== undefined && { from: full(from) }),
    ...(to !== undefined && { to: full(to) }),
  }
}

/** Whether a delivery of the filter's school and time is one of those meant. */
type Meant = { campaignId?: string | undefined; states: readonly DeliveryState[] }
export function isMeant({ campaignId, states }: Meant, one: Pick<Delivery, 'campaignId' | 'state'>): boolean {
  return states.some((state) => state === one.state) && (campaignId === undefined || campaignId === one.campaignId)
}

// As rows write it: instants are compared letter by letter.
function full(given: string): string {
  return new Date(given).toISOString()
}
