import * as z from 'zod'
import { answers } from '../catalog/question.ts'
import { labelNamePattern, maxLabelLength, maxLabels, notReserved } from '../fields/labels.ts'
import type { FieldReader } from '../routing/rules.ts'
import { educationLevel, instant, matches, modality, startWindow } from '../vocabulary.ts'

const labelName = z
  .string()
  .regex(labelNamePattern, 'must be a name of at most 40 letters, digits, dots, hyphens')
  .check(matches(notReserved, 'must not be a reserved JavaScript name'))
const labels = z
  .record(labelName, z.string().max(maxLabelLength))
  .refine((entries) => Object.keys(entries).length <= maxLabels, `must have at most ${maxLabels} entries`)

/** What a visitor says about themselves without giving their identity. A match and a lead have the same fields. */
export const visitor = {
  education: z.strictObject({ highestLevel: educationLevel }),
  startWindow: startWindow.optional(),
  modality: modality.optional(),
  age: z.int().min(13).max(120).optional().meta({ description: 'In years.' }),
  military: z.boolean().optional(),
  gpa: z.number().min(0).max(5).optional().meta({ description: 'Grade point average, 0 to 5.' }),
  answers: answers.optional(),
  subIds: labels.optional().meta({ description: 'Your own labels for where the visitor came from.' }),
  utm: labels.optional().meta({ description: 'Campaign labels of the page address, without `utm_`.' }),
}

const visitorFields = z.object(visitor)

/** The fields of `visitor` alone. */
export function pickVisitorFields(carrier: z.output<typeof visitorFields>) {
  return visitorFields.parse(carrier)
}

/** What routing reads of a lead. It holds no name, email or phone, so a stored decision has no contact details. */
export const leadProfile = z.object({
  ...visitor,
  careerSlug: z.string(),
  programId: z.string().optional(),
  zip: z.string(),
  state: z.string(),
  sourceId: z.string(),
  at: instant,
})
export type LeadProfile = z.output<typeof leadProfile>

/** @param at When the decision is taken (ISO 8601). */
export function toLeadProfile(lead: ProfiledLead, at: string): LeadProfile {
  return leadProfile.parse({ ...lead, zip: lead.contact.zip, at })
}

type ProfiledLead = Omit<LeadProfile, 'zip' | 'at'> & { contact: { zip: string } }

/** Reads a profile by the field names that rules use (`rule-fields.ts`). */
export function createProfileReader(profile: LeadProfile): FieldReader {
  return (field) => {
    const [family = '', ...rest] = field.split('.')
    const name = rest.join('.')
    switch (family) {
      case 'answers':
        return getOwn(profile.answers, name)
      case 'subIds':
        return getOwn(profile.subIds, name)
      case 'utm':
        return getOwn(profile.utm, name)
      case 'contact':
        return name === 'zip' ? profile.zip : undefined
      case 'education':
        return name === 'highestLevel' ? profile.education.highestLevel : undefined
      case 'source':
        return profile.sourceId
      case 'career':
        return profile.careerSlug
      case 'time':
        return profile.at
      case 'state':
      case 'age':
      case 'startWindow':
      case 'modality':
      case 'military':
      case 'gpa':
        return profile[family]
      default:
        return undefined
    }
  }
}

function getOwn<Value>(record: { [name: string]: Value } | undefined, name: string): Value | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined
}
