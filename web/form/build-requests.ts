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

/** Body of `POST /v1/leads`: the match whose consent text was shown, and the digest of that text. */
export function buildLeadRequest(
  match: Match,
  questions: readonly FormField[],
  values: FormValues,
  { page, utm }: PageVisit,
): RequestDraft {
  const fields = [...matchFields.map(toLeadField), ...questions, ...getContactStepFields(match)]
  const { body, faults } = readFields(fields, { ...values, '/contact/zip': getFormValues(values, '/zip') })
  const { matchId, formToken, disclosure } = match
  const [website] = getFormValues(values, honeypotField)
  const consent = { granted: true, sha256: disclosure.sha256 }
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
