import * as z from 'zod'
import { leadErased } from '../aftercare/lead-erased.ts'
import { leadCreated } from './lead-created.ts'

/** Whatever a school is told: the body of a webhook and the content of an e-mail. */
export const schoolEvent = z.discriminatedUnion('type', [leadCreated, leadErased]).meta({ id: 'SchoolEvent' })
export type SchoolEvent = z.output<typeof schoolEvent>

/** The event that a delivery's stored body holds. @throws where it holds none: a fault of ours. */
export function parseSchoolEvent(body: string): SchoolEvent {
  return schoolEvent.parse(JSON.parse(body))
}
