import * as z from 'zod'
import { writer } from '../access/actor.ts'
import { idSchema } from '../ids.ts'
import { instant, singleLine } from '../vocabulary.ts'

/** The codes that schools use, from the first call to the first day of class, with the description in the API docs. */
export const dispositions = {
  'attempted-contact': 'The school tried to reach the student; no answer yet.',
  contacted: 'The school spoke with the student.',
  'not-interested': 'The student is not interested.',
  'opted-out': 'The student asked not to be contacted anymore. This withdraws consent at every school.',
  'bad-contact': 'The contact details are wrong or disconnected.',
  interviewed: 'The student was interviewed.',
  applied: 'The student applied.',
  enrolled: 'The student enrolled.',
  started: 'The student started classes.',
} as const satisfies { [word: string]: string }
export type DispositionWord = keyof typeof dispositions

export const dispositionWord = z.enum(Object.keys(dispositions).filter(isWord)).meta({ id: 'DispositionWord' })

export const dispositionInput = z
  .strictObject({
    disposition: dispositionWord,
    at: instant.optional().meta({ description: 'When it happened. Absent: now.' }),
    note: singleLine(500).optional().meta({ description: 'For your staff and ours. It is never sent to anyone else.' }),
  })
  .meta({ id: 'DispositionInput' })

/** How long a school may undo a disposition, in seconds. */
export const undoSeconds = 60
/** How many dispositions one call records. */
export const maxDispositionRows = 100

/** What a school reported about a delivered lead. Dispositions are added and never changed; one may be undone shortly after it was recorded. */
export const disposition = z
  .strictObject({
    dispositionId: idSchema('disposition'),
    deliveryId: z.string(),
    disposition: dispositionWord,
    at: instant,
    recordedAt: instant,
    recordedBy: writer.optional().meta({ description: 'Absent: an API key.' }),
    note: singleLine(500).optional(),
  })
  .meta({ id: 'Disposition' })
export type Disposition = z.output<typeof disposition>

function isWord(name: string): name is DispositionWord {
  return name in dispositions
}
