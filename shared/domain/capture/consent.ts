import * as z from 'zod'
import { instant, url } from '../vocabulary.ts'

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits')
  .meta({ id: 'Sha256' })

/** The stored proof of consent: the text for exactly the schools that stayed checked, and when and how it was given. */
export const consent = z
  .strictObject({
    grantedAt: instant,
    disclosure: z.strictObject({
      version: z.string(),
      sha256,
      text: z.string(),
      schoolIds: z.array(z.string()).meta({ description: 'The schools that the text names.' }),
      schoolGenerations: z.record(z.string(), z.int().min(1)).optional().meta({
        description: 'By school ID, which record of the ID was named. Absent for IDs that were not used before.',
      }),
      legalNames: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'The legal name that each named school had when the text was shown, by school ID.' }),
    }),
    schoolIds: z
      .array(z.string())
      .meta({ description: 'The named schools that the visitor chose. The lead goes to no other school.' }),
    uncheckedSchoolIds: z.array(z.string()).optional().meta({
      description: 'The schools of the match that the visitor unchecked, so that the text does not name them.',
    }),
    ip: z.string().optional(),
    userAgent: z.string().optional(),
    page: z.strictObject({ url, referrer: url.optional() }),
    certificateUrl: url.optional(),
  })
  .meta({ id: 'Consent' })
export type Consent = z.output<typeof consent>
