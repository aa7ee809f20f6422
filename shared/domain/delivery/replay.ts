import * as z from 'zod'
import { idSchema } from '../ids.ts'
import { instant, recordId } from '../vocabulary.ts'
import { allowedPriorStates, type Delivery, type DeliveryState } from './delivery.ts'

/** Which deliveries are replayed. A rejected one is not: its lead was offered to others. */
export const replayFilter = z
  .strictObject({
    schoolId: recordId.optional().meta({ description: 'Absent: every school that has a record.' }),
    campaignId: recordId.optional(),
    states: z
      .array(z.enum(allowedPriorStates.pending))
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
    replayId: idSchema('replay'),
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
export function normalizeFilter({ schoolId, campaignId, states, from, to }: ReplayFilter): ReplayFilter {
  return {
    ...(schoolId !== undefined && { schoolId }),
    ...(campaignId !== undefined && { campaignId }),
    states: [...new Set(states)].sort(),
    ...(from !== undefined && { from: normalizeInstant(from) }),
    ...(to !== undefined && { to: normalizeInstant(to) }),
  }
}

/** Whether a delivery of the filter's school and time is one of those meant. */
type DeliveryCriteria = { campaignId?: string | undefined; states: readonly DeliveryState[] }
export function isMatch(
  { campaignId, states }: DeliveryCriteria,
  delivery: Pick<Delivery, 'campaignId' | 'state'>,
): boolean {
  return (
    states.some((state) => state === delivery.state) && (campaignId === undefined || campaignId === delivery.campaignId)
  )
}

// As rows write it: instants are compared letter by letter.
function normalizeInstant(instantText: string): string {
  return new Date(instantText).toISOString()
}
