import type { Fault, Field } from './field.ts'
import { lastFields, type Match, matchFields } from './fields.ts'
import { type Body, readFields, type Values, valuesAt } from './read-fields.ts'

type Wanted = { career: string; program?: string | undefined }
/** Where the visitor came from, as pages know it. */
export type Visit = { page: { url: string; referrer?: string }; utm?: { [name: string]: string } | undefined }
type Made = { body: Body; faults: Fault[] }

/** What to ask `/v1/matches`, with what the visitor has answered so far. */
export function matchRequest(
  { career, program }: Wanted,
  questions: readonly Field[],
  values: Values,
  utm?: Visit['utm'],
): Made {
  const { body, faults } = readFields([...matchFields, ...questions], values)
  return {
    body: { careerSlug: career, ...(program !== undefined && { programId: program }), ...body, ...(utm && { utm }) },
    faults,
  }
}

/** Hidden from people: only a program fills it in. */
export const trapField = 'website'

/** What to send to `/v1/leads`: the very match whose consent text was shown, and its digest. */
export function leadRequest(match: Match, questions: readonly Field[], values: Values, { page, utm }: Visit): Made {
  const fields = [...matchFields.map(forLead), ...questions, ...lastFields(match)]
  const { body, faults } = readFields(fields, { ...values, '/contact/zip': valuesAt(values, '/zip') })
  const { matchId, formToken, disclosure } = match
  const [website] = valuesAt(values, trapField)
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

function forLead(field: Field): Field {
  return field.pointer === '/zip' ? { ...field, pointer: '/contact/zip' } : field
}
