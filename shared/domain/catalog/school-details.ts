import * as z from 'zod'
import { secureUrl } from '../vocabulary.ts'
import { place } from './place.ts'

/** What a listing shows about a school beside its name. */
export const schoolDetails = z.object({
  place: place.optional(),
  logoUrl: secureUrl.optional().meta({ description: 'A small picture, such as an SVG of 96 by 96 pixels.' }),
})
