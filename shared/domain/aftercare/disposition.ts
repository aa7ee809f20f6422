import * as z from 'zod'
import { idSchema } from '../ids.ts'
import { instant, singleLine } from '../vocabulary.ts'

/** What may have become of a lead, from the first call to the first day of class. The words are those of the trade. */
export const dispositions = {
  'attempted-contact': 'Nobody could be reached yet.',
  contacted: 'Somebody talked with the person.',
  'not-interested': 'The person wants nothing of it.',
  'bad-contact': 'Phone and e-mail lead to nobody, or to somebody else.',
  interviewed: 'The person was interviewed.',
  applied: 'The person has applied.',
  enrolled: 'The person is enrolled.',
  started: 'The person has begun.',
} as const satisfies { [word: string]: string }
export type DispositionWord = keyof typeof dispositions

export const dispositionWord = z.enum(Object.keys(dispositions).filter(isWord)).meta({ id: 'DispositionWord' })

export const dispositionInput = z
  .strictObject({
    disposition: dispositionWord,
    at: instant.optional().meta({ description: 'When it happened. Absent: now.' }),
    note: singleLine(500).optional().meta({ description: 'For your own people and ours; never sent on.' }),
  })
  .meta({ id: 'DispositionInput' })

/** What a school says happened next. Rows of it are added and never changed. */
export const disposition = z
  .strictObject({
    dispositionId: idSchema('disposition'),
    deliveryId: z.string(),
    disposition: dispositionWord,
    at: instant,
    recordedAt: instant,
    note: singleLine(500).optional(),
  })
  .meta({ id: 'Disposition' })
export type Disposition = z.output<typeof disposition>

function isWord(name: string): name is DispositionWord {
  return name in dispositions
}
