import * as z from 'zod'
import { consentWithdrawn } from '../aftercare/consent-withdrawn.ts'
import { leadErased } from '../aftercare/lead-erased.ts'
import { leadCreated } from './lead-created.ts'

/** Every event that a school receives, by webhook or email. */
export const schoolEvent = z
  .discriminatedUnion('type', [leadCreated, leadErased, consentWithdrawn])
  .meta({ id: 'SchoolEvent' })
export type SchoolEvent = z.output<typeof schoolEvent>

/** Parses the stored body of a delivery. @throws ZodError if it is not an event, which is an internal fault. */
export function parseSchoolEvent(body: string): SchoolEvent {
  return schoolEvent.parse(JSON.parse(body))
}
