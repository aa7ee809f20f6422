import * as z from 'zod'
import { instant, secureUrl, singleLine, url } from '../vocabulary.ts'
import { fact } from './fact.ts'
import { place } from './place.ts'

/** What a listing shows about a school beside its name. */
export const schoolDetails = z.object({
  place: place.optional(),
  logoUrl: secureUrl.optional().meta({ description: 'A small picture, such as an SVG of 96 by 96 pixels.' }),
})

export const accreditation = z
  .strictObject({ name: singleLine(200), url: url.optional(), asOf: instant.optional() })
  .meta({ id: 'Accreditation', description: 'An accreditor of the school. `asOf`: when it was last confirmed.' })

/** What pages of its programs show about a school in addition. */
export const schoolContent = z.object({
  url: url.optional().meta({ description: 'The website of the school.' }),
  accreditation: z.array(accreditation).max(10).optional(),
  ipedsId: z
    .string()
    .regex(/^\d{6}$/, 'must be an IPEDS unit ID of 6 digits, such as 228778')
    .optional()
    .meta({ description: 'Its number at the U.S. Department of Education.' }),
  facts: z
    .array(fact)
    .max(20)
    .optional()
    .meta({ description: 'Figures of the school, such as the share of students who complete.' }),
})
