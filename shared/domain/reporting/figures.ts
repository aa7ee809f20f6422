import * as z from 'zod'
import type { DispositionWord } from '../aftercare/disposition.ts'
import type { DeliveryState } from '../delivery/delivery.ts'
import { recordId } from '../vocabulary.ts'
import { deliveryTimeBounds } from './overview.ts'

const count = z.int().min(0)
const states = {
  pending: count,
  leased: count,
  delivered: count,
  rejected: count,
  parked: count,
  dead: count,
  erased: count,
} as const satisfies { [state in DeliveryState]: typeof count }
const dispositionCounts = {
  'attempted-contact': count,
  contacted: count,
  'not-interested': count,
  'bad-contact': count,
  interviewed: count,
  applied: count,
  enrolled: count,
  started: count,
} as const satisfies { [word in DispositionWord]: typeof count }

export const leadCounts = z
  .object({
    received: count,
    accepted: count,
    unmatched: count,
    duplicate: count,
    quarantined: count.meta({
      description: 'Of the unmatched: those that nothing was decided of, since they are, or were, kept back.',
    }),
  })
  .meta({ id: 'LeadCounts' })

/** What became of deliveries, in whole numbers that add up. */
export const deliveryFigures = z.object({
  deliveries: z
    .object({
      created: count,
      delivered: count.meta({
        description: 'Those that their school took, whatever came then: neither a replay nor an erasure undoes that.',
      }),
    })
    .meta({ id: 'DeliveryCounts' }),
  states: z.object(states).meta({ description: 'The deliveries that were made, by their state.' }),
  timeToDelivery: z.array(count).length(deliveryTimeBounds.length + 1),
  furthest: z.object(dispositionCounts).meta({
    description: 'Of the deliveries that arrived: how far each got by what its school has told, counted once each.',
  }),
  returns: z.object({ requested: count, accepted: count, refused: count }).meta({ id: 'ReturnCounts' }),
  soldCents: count.meta({ description: 'The prices of the deliveries that arrived.' }),
  returnedCents: count.meta({ description: 'The credit of the returns that were accepted.' }),
})
export type DeliveryFigures = z.output<typeof deliveryFigures>

export const figures = z.object({ leads: leadCounts, ...deliveryFigures.shape })
export type Figures = z.output<typeof figures>

/** The leads that were received on one day, or on several. Schools and sources stand by their ids. */
export const rollUpFigures = z.object({
  whole: figures,
  schools: z.array(deliveryFigures.extend({ id: recordId })),
  sources: z.array(figures.extend({ id: recordId })),
})
export type RollUpFigures = z.output<typeof rollUpFigures>

const share = z.number().min(0).max(1).exactOptional()
/** Made where they are read, and kept nowhere. What has nothing to be a share of is absent. */
export const reportRates = z
  .object({
    acceptance: share.meta({ description: 'Of the leads received, those that a school got.' }),
    delivery: share.meta({ description: 'Of the deliveries made, those that arrived.' }),
    contact: share.meta({ description: 'Of those that arrived, the people whom their school talked with.' }),
    application: share.meta({ description: 'Of those that arrived, the people who applied.' }),
    enrollment: share.meta({ description: 'Of those that arrived, the people who enrolled.' }),
    return: share.meta({ description: 'Of those that arrived, the leads that were given back and credited.' }),
  })
  .meta({ id: 'Rates' })
export type ReportRates = z.output<typeof reportRates>
