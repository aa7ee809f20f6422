import type * as z from 'zod'
import type { leadRequest } from '#shared/contract/capture/capture.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import { type Contact, normalizeContact } from '#shared/domain/capture/contact.ts'

/** @throws Refusal that names each field by which nobody could be reached. */
export function parseContact(input: z.output<typeof leadRequest>['contact']): Contact {
  const result = normalizeContact(input)
  if ('contact' in result) return result.contact
  const errors = result.errors.map(({ field, code, detail }) => ({ pointer: `/contact/${field}`, code, detail }))
  throw invalidFields(errors)
}
