import * as z from 'zod'
import { answers } from '../catalog/question.ts'
import type { FieldReader } from '../routing/rules.ts'
import { educationLevel, instant, modality, startWindow } from '../vocabulary.ts'

const slipped = z
  .string()
  .regex(
    /^(?!constructor$|__proto__$)[A-Za-z0-9_.-]{1,40}$/,
    'must be a name of at most 40 letters, digits, dots, hyphens',
  )
const labels = z
  .record(slipped, z.string().max(200))
  .refine((given) => Object.keys(given).length <= 20, 'must hold at most 20 entries')

/** What a visitor says of themselves without saying who they are. The match and the lead ask for it alike. */
export const visitor = {
  education: z.strictObject({ highestLevel: educationLevel }),
  startWindow: startWindow.optional(),
  modality: modality.optional(),
  age: z.int().min(13).max(120).optional().meta({ description: 'In years.' }),
  military: z.boolean().optional(),
  gpa: z.number().min(0).max(5).optional().meta({ description: 'Grade point average, 0 to 5.' }),
  answers: answers.optional(),
  subIds: labels.optional().meta({ description: 'Your own labels of where the visitor came from.' }),
  utm: labels.optional().meta({ description: 'Campaign labels of the page address, without `utm_`.' }),
}

/** All that routing may look at. No name, e-mail or phone is in it, so a stored decision holds nobody's contact details. */
export const enquiry = z.object({
  ...visitor,
  careerSlug: z.string(),
  programId: z.string().optional(),
  zip: z.string(),
  state: z.string(),
  sourceId: z.string(),
  at: instant,
})
export type Enquiry = z.output<typeof enquiry>

/** Reads an enquiry by the field names that rules use (`rule-fields.ts`). */
export function readerOf(enquiry: Enquiry): FieldReader {
  return (field) => {
    const [family = '', ...rest] = field.split('.')
    const name = rest.join('.')
    switch (family) {
      case 'answers':
        return own(enquiry.answers, name)
      case 'subIds':
        return own(enquiry.subIds, name)
      case 'utm':
        return own(enquiry.utm, name)
      case 'contact':
        return name === 'zip' ? enquiry.zip : undefined
      case 'education':
        return name === 'highestLevel' ? enquiry.education.highestLevel : undefined
      case 'source':
        return enquiry.sourceId
      case 'career':
        return enquiry.careerSlug
      case 'time':
        return enquiry.at
      case 'state':
      case 'age':
      case 'startWindow':
      case 'modality':
      case 'military':
      case 'gpa':
        return enquiry[family]
      default:
        return undefined
    }
  }
}

function own<Value>(given: { [name: string]: Value } | undefined, name: string): Value | undefined {
  return given && Object.hasOwn(given, name) ? given[name] : undefined
}
