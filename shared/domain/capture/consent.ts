import * as z from 'zod'
import { matchedIds } from '../catalog/generation.ts'
import { contextUrl, instant, url } from '../vocabulary.ts'

export const sha256 = z
  .string()
  .overwrite((digits) => digits.trim().toLowerCase())
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 hexadecimal digits')
  .meta({ id: 'Sha256' })

/** What a publisher's own text can lack (`consentElements` says what each is). */
export const consentElement = z.enum(['plain-text', 'agreement', 'phone-contact', 'automated', 'not-a-condition'])

/** An older consent is no reason to call: the visitor has forgotten the request. TrustedForm keeps a certificate as long. */
export const maxConsentAgeDays = 90

/** The stored proof of consent: the text for exactly the schools that stayed checked, and when and how it was given. */
export const consent = z
  .strictObject({
    grantedAt: instant.meta({
      description: 'When the lead was received, or earlier if its publisher says so: then `claimedBy` is set.',
    }),
    disclosure: z.strictObject({
      version: z.string(),
      sha256,
      text: z.string(),
      schoolIds: z.array(z.string()).meta({ description: 'The schools that the text names.' }),
      schoolGenerations: z.record(z.string(), z.int().min(1)).optional().meta({
        description: 'By school ID, which record of the ID was named. Absent for IDs that were not used before.',
      }),
      ...matchedIds.shape,
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
    textGaps: z
      .strictObject({
        elements: z.array(consentElement).meta({ description: 'What the text must say and does not.' }),
        schoolIds: z.array(z.string()).meta({ description: 'Schools that the publisher says are named, and are not.' }),
      })
      .optional()
      .meta({ description: 'What a publisher’s own text lacks. No school that the text does not name gets the lead.' }),
    claimedBy: z.literal('publisher').optional().meta({
      description:
        'The publisher sent the text, the IP address and the user agent; none of them was observed by this API.',
    }),
    ip: z.string().optional(),
    userAgent: z.string().optional(),
    page: z.strictObject({ url: contextUrl, referrer: contextUrl.optional() }),
    certificateUrl: url.optional(),
    leadIdToken: z.string().optional().meta({ description: 'LeadiD token of Jornaya.' }),
  })
  .meta({ id: 'Consent' })
export type Consent = z.output<typeof consent>
