import * as z from 'zod'
import { instant, singleLine, url } from '../vocabulary.ts'
import { fact } from './fact.ts'
import { markup } from './pages/markup.ts'

/** What the page of a program shows beside its listing. Listings and decisions do not have it, so that their rows stay small. */
export const programContent = z.object({
  description: markup(4000).optional(),
  curriculum: markup(8000).optional().meta({ description: 'What is taught: courses, credits, internships.' }),
  prerequisites: markup(4000).optional().meta({ description: 'What applicants must have or know.' }),
  financialAid: markup(4000).optional().meta({ description: 'Aid that students of the program can apply for.' }),
  startDates: z
    .array(z.iso.date())
    .max(24)
    .optional()
    .meta({ description: 'Days on which the program begins. Pages leave out those that have passed.' }),
  url: url.optional().meta({ description: 'The page of the program at its school.' }),
  cip: z
    .string()
    .regex(/^\d{2}\.\d{4}$/, 'must be a CIP code such as 51.0707')
    .optional()
    .meta({ description: 'Field of study, by CIP code of 2020.' }),
  facts: z
    .array(fact)
    .max(20)
    .optional()
    .meta({ description: 'Figures of the program, such as the median earnings of its graduates.' }),
  contentSource: z
    .strictObject({ name: singleLine(160), url: url.optional(), asOf: instant })
    .optional()
    .meta({ description: 'Where the texts come from, and when they were last confirmed.' }),
})
