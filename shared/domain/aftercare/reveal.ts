import * as z from 'zod'
import { author } from '../access/actor.ts'
import { instant, singleLine } from '../vocabulary.ts'

/** Why staff view contact details. */
export const revealPurpose = singleLine(200).meta({ description: 'Why the contact details are needed.' })

/** A record of who viewed contact details. It is stored before they are shown, and never changed. */
export const reveal = z
  .strictObject({
    at: instant,
    ...author.shape,
    purpose: revealPurpose.optional(),
  })
  .meta({ id: 'Reveal' })
export type Reveal = z.output<typeof reveal>
