import * as z from 'zod'
import { sha256 } from './consent.ts'
import { recordId, slug } from './vocabulary.ts'

/** What a match showed, as its signed token carries it: enough to rebuild the consent text byte for byte. */
export const shown = z.object({
  careerSlug: slug,
  programId: recordId.optional(),
  schools: z.array(
    z.object({
      schoolId: recordId,
      name: z.string(),
      consentName: z.string(),
      programId: recordId,
      programName: z.string(),
    }),
  ),
  disclosure: z.object({ version: z.string(), sha256 }),
})
export type Shown = z.output<typeof shown>

/** How long a visitor may take over the form. */
export const matchSeconds = 2 * 60 * 60
/** How many schools one consent text names at most: more would hide the names from whoever reads it. */
export const mostSchoolsNamed = 10
