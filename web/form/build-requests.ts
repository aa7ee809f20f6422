import { getContactStepFields, type Match, matchFields } from './fields.ts'
import type { FieldFault, FormField } from './form-field.ts'
import { type FormValues, getFormValues, type RequestBody, readFields } from './read-fields.ts'

type RequestTarget = { career: string; program?: string | undefined }
/** The page with the form, its referrer and its campaign labels. */
export type PageVisit = { page: { url: string; referrer?: string }; utm?: { [name: string]: string } | undefined }
type RequestDraft = { body: RequestBody; faults: FieldFault[] }

/** Body of `POST /v1/matches` with the answers so far. */
export function buildMatchRequest(
  { career, program }: RequestTarget,
  questions: readonly FormField[],
  values: FormValues,
  utm?: PageVisit['utm'],
): RequestDraft {
  const { body, faults } = readFields([...matchFields, ...questions], values)
  return {
    body: { careerSlug: career, ...(program !== undefined && { programId: program }), ...body, ...(utm && { utm }) },
    faults,
  }
}

/** Name of an input that people cannot see; only bots fill it in. */
export const honeypotField = 'website'

/** The match that was shown, and the SHA-256 of the consent text for the schools that are checked. */
export type AgreedMatch = Pick<Match, 'matchId' | 'formToken' | 'schools'> & { consentSha256: string }

/** Body of `POST /v1/leads`. */
export function buildLeadRequest(
  match: AgreedMatch,
  questions: readonly FormField[],
  values: FormValues,
  { page, utm }: PageVisit,
): RequestDraft {
  const fields = [...matchFields.map(toLeadField), ...questions, ...getContactStepFields(match)]
  const { body, faults } = readFields(fields, { ...values, '/contact/zip': getFormValues(values, '/zip') })
  const { matchId, formToken, consentSha256 } = match
  const [website] = getFormValues(values, honeypotField)
  const consent = { granted: true, sha256: consentSha256 }
  return {
    body: {
      matchId,
      ...(formToken && { formToken }),
      ...(website && { website }),
      ...body,
      consent,
      page,
      ...(utm && { utm }),
    },
    faults,
  }
}

function toLeadField(field: FormField): FormField {
  return field.pointer === '/zip' ? { ...field, pointer: '/contact/zip' } : field
}
