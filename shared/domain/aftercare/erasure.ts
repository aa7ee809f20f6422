import * as z from 'zod'
import { delivery } from '../delivery/delivery.ts'
import { idSchema } from '../ids.ts'
import { instant } from '../vocabulary.ts'

/** That a school is told of one lead. It is a delivery of its own, with the same promise: it goes on until it is through. */
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

/** The receipt of one person's erasure. It says what was done, and not of whom. */
export const erasure = z
  .strictObject({
    erasureId: idSchema('erasure'),
    state: z.enum(['running', 'done']).meta({ description: '`done`: nothing is left here of the person.' }),
    requestedAt: instant,
    endedAt: instant.optional(),
    by: z.strictObject({
      keyId: z.string().meta({ description: 'Of the staff key.' }),
      name: z.string().meta({ description: 'What the key is called.' }),
    }),
    leads: z.int().min(0).meta({ description: 'How many leads of the person were there.' }),
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.output<typeof erasure>
