import * as z from 'zod'
import { instant, singleLine } from '../vocabulary.ts'

/** Why staff view contact details. */
export const revealPurpose = singleLine(200).meta({ description: 'Why the contact details are needed.' })

/** A record of who viewed contact details. It is stored before they are shown, and never changed. */
export const reveal = z
  .strictObject({
    at: instant,
    keyId: z.string().meta({ description: 'ID of the staff key.' }),
    name: z.string().meta({ description: 'Name of the staff key.' }),
    purpose: revealPurpose.optional(),
  })
  .meta({ id: 'Reveal' })
export type Reveal = z.output<typeof reveal>
