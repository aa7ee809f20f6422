import type * as z from 'zod'
import type { leadRequest } from '#shared/contract/capture/capture.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import { type Contact, normaliseContact } from '#shared/domain/capture/contact.ts'

/** @throws Refusal that names each field by which nobody could be reached. */
export function acceptContact(given: z.output<typeof leadRequest>['contact']): Contact {
  const normalised = normaliseContact(given)
  if ('contact' in normalised) return normalised.contact
  const errors = normalised.faults.map(({ field, code, detail }) => ({ pointer: `/contact/${field}`, code, detail }))
  throw invalidFields(errors)
}
