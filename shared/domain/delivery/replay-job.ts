import * as z from 'zod'
import { idSchema } from '../ids.ts'
import { instant, recordId } from '../vocabulary.ts'
import { allowedPriorStates, type Delivery, type DeliveryState } from './delivery.ts'

/** Selects the deliveries to replay. Rejected ones cannot be replayed, because their leads were offered to others. */
export const replayFilter = z
  .strictObject({
    schoolId: recordId.optional().meta({ description: 'Absent: all schools.' }),
    campaignId: recordId.optional(),
    states: z
      .array(z.enum(allowedPriorStates.pending))
      .min(1)
      .default(['dead'])
      .meta({ description: 'The states to replay, as they are when the job reads each delivery.' }),
    from: instant.optional().meta({ description: 'Created at this instant or later.' }),
    to: instant
      .optional()
      .meta({ description: 'Created before this instant. Deliveries created after the start of the job never match.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || !(Date.parse(from) >= Date.parse(to)), {
    path: ['to'],
    error: 'must be later than from',
  })
  .meta({ id: 'ReplayFilter' })
export type ReplayFilter = z.output<typeof replayFilter>

/** A replay of all deliveries that match a filter, with its progress. */
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
      description: 'No longer in a matching state, or replayed by another request since the start.',
    }),
    capReached: z.int().min(0).meta({
      description: 'Dead deliveries whose place under a cap has gone to another lead.',
    }),
  })
  .meta({ id: 'Replay' })
export type ReplayJob = z.output<typeof replayJob>

/** Returns one spelling for equal filters: sorted states, instants in UTC. */
export function normalizeFilter({ schoolId, campaignId, states, from, to }: ReplayFilter): ReplayFilter {
  return {
    ...(schoolId !== undefined && { schoolId }),
    ...(campaignId !== undefined && { campaignId }),
    states: [...new Set(states)].sort(),
    ...(from !== undefined && { from: normalizeInstant(from) }),
    ...(to !== undefined && { to: normalizeInstant(to) }),
  }
}

type DeliveryCriteria = { campaignId?: string | undefined; states: readonly DeliveryState[] }

/** Whether a delivery matches a filter's campaign and states. Its school and creation time are the query's part. */
export function matchesReplayFilter(
  { campaignId, states }: DeliveryCriteria,
  delivery: Pick<Delivery, 'campaignId' | 'state'>,
): boolean {
  return (
    states.some((state) => state === delivery.state) && (campaignId === undefined || campaignId === delivery.campaignId)
  )
}

// Stored instants are compared as text.
function normalizeInstant(instantText: string): string {
  return new Date(instantText).toISOString()
}
