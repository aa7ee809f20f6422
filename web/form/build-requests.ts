import { getContactStepFields, type Match, matchFields } from './fields.ts'
import type { FieldFault, FormField } from './form-field.ts'
import { type FormValues, getFormValues, type RequestBody, readFields } from './read-fields.ts'

type RequestTarget = { career: string; program?: string | undefined }
/** Labels of the page's address by which the publisher knows where the visitor came from. */
export type VisitLabels = { utm?: { [name: string]: string }; subIds?: { [name: string]: string } }
/** The page with the form, its referrer and its labels. */
export type PageVisit = VisitLabels & { page: { url: string; referrer?: string }; globalPrivacyControl?: boolean }
type RequestDraft = { body: RequestBody; faults: FieldFault[] }

/** Body of `POST /v1/matches` with the answers so far. */
export function buildMatchRequest(
  { career, program }: RequestTarget,
  questions: readonly FormField[],
  values: FormValues,
  labels: VisitLabels = {},
): RequestDraft {
  const { body, faults } = readFields([...matchFields, ...questions], values)
  return {
    body: { careerSlug: career, ...(program !== undefined && { programId: program }), ...body, ...pickLabels(labels) },
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
  { page, globalPrivacyControl, ...labels }: PageVisit,
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
      ...(globalPrivacyControl && { globalPrivacyControl }),
      ...pickLabels(labels),
    },
    faults,
  }
}

function pickLabels({ utm, subIds }: VisitLabels): VisitLabels {
  return { ...(utm && { utm }), ...(subIds && { subIds }) }
}

function toLeadField(field: FormField): FormField {
  return field.pointer === '/zip' ? { ...field, pointer: '/contact/zip' } : field
}
