import * as z from 'zod'
import { instant, singleLine } from '../vocabulary.ts'

/** That somebody looked at a person's data: written before it is shown, and never changed. */
export const reveal = z
  .strictObject({
    at: instant,
    keyId: z.string().meta({ description: 'Of the staff key.' }),
    name: z.string().meta({ description: 'What the key is called.' }),
    purpose: singleLine(200).optional(),
  })
  .meta({ id: 'Reveal' })
export type Reveal = z.output<typeof reveal>
