import * as z from 'zod'
import { singleLine, stateInput } from '../vocabulary.ts'

/** Where a school or one of its campuses is. */
export type Place = z.output<typeof place>
export const place = z.strictObject({ city: singleLine(80), state: stateInput }).meta({ id: 'Place' })
