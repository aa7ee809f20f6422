import * as z from 'zod'
import { consent } from '../capture/consent.ts'
import { lead } from '../capture/lead.ts'
import { idSchema } from '../ids.ts'
import { instant } from '../vocabulary.ts'
import { reveal } from './reveal.ts'

/** Consent records are kept for 5 years from the day of consent (16 CFR 310.5). */
export const consentProofYears = 5

const { state: _, ...personFields } = lead.shape.contact.shape
/** The person as the form had them, without the state, which follows from the ZIP code. */
export const person = z.object(personFields)

export const consentProof = z
  .object({
    leadId: idSchema('lead'),
    isErased: z.boolean().meta({ description: 'Whether everything else about the person was deleted.' }),
    keptUntil: instant.meta({ description: '5 years after the consent.' }),
    person: person.optional(),
    consent: z.object(consent.shape),
    sourceId: z.string().optional(),
    test: z.boolean().optional(),
    missing: z
      .array(z.string())
      .meta({ description: 'What this proof does not hold, for example because it is older than sealed proofs.' }),
    integrity: z.enum(['intact', 'changed', 'unsealed']).meta({
      description:
        '`intact`: the sealed record opens, and the stored text and fields agree with it. `changed`: they do not. ' +
        '`unsealed`: it is older than sealed proofs, so nothing can be compared.',
    }),
    faults: z.array(z.string()).meta({ description: 'What does not agree.' }),
    sha256: z.string().meta({ description: 'Of the sealed record: two copies of one proof have the same.' }),
    views: z.array(reveal).meta({ description: 'Who read this proof before.' }),
  })
  .meta({ id: 'ConsentProof' })
export type ConsentProof = z.output<typeof consentProof>

export function addYears(at: string, years: number): string {
  const date = new Date(at)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString()
}
