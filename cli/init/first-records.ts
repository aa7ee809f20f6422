import * as z from 'zod'
import { type RecordKind, records } from '#shared/contract/catalog/records.ts'
import { sourceInput } from '#shared/domain/capture/source.ts'
import { career } from '#shared/domain/catalog/career.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { schoolInput } from '#shared/domain/catalog/school.ts'
import { mailbox } from '#shared/domain/fields/person-fields.ts'
import { url } from '#shared/domain/vocabulary.ts'
import { describeIssue } from '#shared/http/describe-issue.ts'
import { locate, toFieldErrors } from '#shared/http/to-field-errors.ts'
import type { Answers, SetupQuestion } from './ask-questions.ts'

export type FirstRecord = { kind: RecordKind; id: string; body: { [field: string]: unknown } }

const endpoint = z
  .string()
  .refine(
    (text) => mailbox.safeParse(text).success || (/^https:/.test(text) && url.safeParse(text).success),
    'must be an email address or a URL that begins with https://',
  )
const price = z.string().regex(/^\d{1,6}(\.\d{2})?$/, 'must be an amount in dollars, such as 45 or 45.00')
const hasId = (name: string) => toId(name) !== ''
const idMessage = 'must have a Latin letter or a digit, because its ID is made from it'
const leadsPerDay = z.string().regex(/^[1-9]\d{0,5}$/, 'must be a number from 1 to 999999')

/** The questions about the first of each record. */
export const firstRecordQuestions = [
  ask('schoolName', 'Name of the school, as visitors see it', schoolInput.shape.name.refine(hasId, idMessage)),
  ask('legalName', 'Its legal name, which consent texts must name; empty: the same', z.string(), ''),
  ask('timeZone', 'Its time zone, such as America/Chicago', schoolInput.shape.timeZone),
  ask(
    'careerTitle',
    'Career that visitors read about, such as Health Record Technician',
    career.shape.title.refine(hasId, idMessage),
  ),
  ask('careerSummary', 'What people in this career do, in a sentence', career.shape.summary),
  ask('programName', 'Program of the school for this career', program.shape.name.refine(hasId, idMessage)),
  ask('level', `Its level (${program.shape.level.options.join(', ')})`, program.shape.level),
  ask('modality', `How it is taught (${program.shape.modality.options.join(', ')})`, program.shape.modality),
  ask('endpoint', 'Where leads are sent: an email address, or an https:// URL of a webhook', endpoint),
  ask('price', 'Price per lead in dollars, such as 45.00', price),
  ask('leadsPerDay', 'At most how many leads a day; empty: no limit', leadsPerDay, ''),
  ask('sourceName', 'Name of the page or publisher that sends leads', sourceInput.shape.name.refine(hasId, idMessage)),
  ask(
    'origin',
    'Origin of that page, such as https://careers.example; empty: any page',
    sourceInput.shape.origins.unwrap().element,
    '',
  ),
]
type FirstRecordAnswers = Answers<(typeof firstRecordQuestions)[number]['name']>

function ask<Name extends string>(name: Name, text: string, schema: z.ZodType, fallback?: string): SetupQuestion<Name> {
  return {
    name,
    text,
    default: fallback,
    findFault(answer) {
      const { error } = schema.safeParse(answer, { error: describeIssue })
      const [fault] = error ? toFieldErrors(error.issues, locate.body) : []
      return fault && `It ${fault.detail}.`
    },
  }
}

/** The records of the answers, in the order in which they may refer to each other. Their IDs are made from their names. */
export function buildFirstRecords(answers: FirstRecordAnswers): FirstRecord[] {
  const { schoolName, legalName, careerTitle, programName, leadsPerDay: limit, origin } = answers
  const schoolId = toId(schoolName)
  const careerSlug = toId(careerTitle)
  const programId = toId(`${schoolId}-${programName}`)
  return [
    {
      kind: 'schools',
      id: schoolId,
      body: { name: schoolName, ...(legalName && { legalName }), timeZone: answers.timeZone },
    },
    {
      kind: 'careers',
      id: careerSlug,
      body: { title: careerTitle, summary: answers.careerSummary, facts: [], sections: [] },
    },
    {
      kind: 'programs',
      id: programId,
      body: {
        schoolId,
        name: programName,
        careerSlugs: [careerSlug],
        level: answers.level,
        modality: answers.modality,
      },
    },
    {
      kind: 'campaigns',
      id: `${schoolId.slice(0, 58)}-first`,
      body: {
        schoolId,
        programIds: [programId],
        priceCents: Math.round(Number(answers.price) * 100),
        ...(limit && { caps: [{ period: 'day', limit: Number(limit) }] }),
        endpoint: answers.endpoint.includes('://')
          ? { kind: 'webhook', url: answers.endpoint }
          : { kind: 'email', to: answers.endpoint },
      },
    },
    {
      kind: 'sources',
      id: toId(answers.sourceName),
      body: { name: answers.sourceName, mode: 'live', ...(origin && { origins: [origin] }) },
    },
  ]
}

/** Returns what the API would refuse, by record, before anything is sent. */
export function findRecordFaults(firstRecords: readonly FirstRecord[]): string[] {
  return firstRecords.flatMap(({ kind, id, body }) => {
    const { body: schema, params } = records[kind].put
    const issues = [
      schema.safeParse(body, { error: describeIssue }),
      params.safeParse({ id }, { error: describeIssue }),
    ]
    return issues.flatMap(({ error }) =>
      error
        ? toFieldErrors(error.issues, locate.body).map(({ pointer, detail }) => `${kind} ${id}: ${pointer} ${detail}`)
        : [],
    )
  })
}

/** Lowercase words joined by hyphens. Letters of other alphabets are left out. */
function toId(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, 64).replace(/-$/, '')
}
