import * as z from 'zod'
import { author } from '../access/actor.ts'
import { delivery } from '../delivery/delivery.ts'
import { idSchema } from '../ids.ts'
import { instant } from '../vocabulary.ts'

/** The notice that asks one school to delete one lead. It is a delivery of its own and is retried like any other. */
export const erasureNotice = delivery
  .pick({
    deliveryId: true,
    erases: true,
    leadId: true,
    schoolId: true,
    schoolName: true,
    state: true,
    dueAt: true,
    deliveredAt: true,
  })
  .meta({ id: 'ErasureNotice' })
export type ErasureNotice = z.output<typeof erasureNotice>

/** The receipt of one erasure: what was done, without the person. */
export const erasure = z
  .strictObject({
    erasureId: idSchema('erasure'),
    state: z.enum(['running', 'done']).meta({ description: '`done`: no personal data of the person is left here.' }),
    requestedAt: instant,
    endedAt: instant.optional(),
    by: author,
    leads: z.int().min(0).meta({ description: 'How many leads of the person were erased.' }),
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.output<typeof erasure>
