import { timeZone } from '../domain/vocabulary.ts'

/** The zone whose calendar a day is of. */
export const dayZone = timeZone.optional().meta({ description: 'The time zone of the day. Absent: UTC.' })
