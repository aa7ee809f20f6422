import type * as z from 'zod'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { readForm } from '#shared/contract/catalog/programs.ts'
import type { Problem } from '#shared/contract/problems.ts'
import { assignFaults } from '../form/assign-faults.ts'
import { type AgreedMatch, buildLeadRequest, buildMatchRequest } from '../form/build-requests.ts'
import { collectQuestions } from '../form/collect-questions.ts'
import { consentField, getContactStepFields, matchFields, schoolsPointer } from '../form/fields.ts'
import type { FieldFault, FormField } from '../form/form-field.ts'
import { type FormValues, getFormValues } from '../form/read-fields.ts'
import { readPageVisit } from '../form/read-page-visit.ts'
import { landingText } from '../words/landing.ts'
import { describeFailure } from '../words/visitor.ts'
import {
  buildLink,
  getCareerPath,
  type LandingCareer,
  type LandingClient,
  type LandingResponse,
  type LandingVisit,
} from './landing-request.ts'
import { type RequestedProgram, renderContactPage, renderNoMatchPage, renderVisitorPage } from './request-pages.ts'

type FormPost = {
  career: LandingCareer
  program: RequestedProgram | undefined
  values: FormValues
  call: LandingClient
  /** Whether the browser sent `Sec-GPC: 1`. */
  globalPrivacyControl: boolean
}
type FormErrors = { faults: readonly FieldFault[]; messages: readonly string[] }
const noErrors: FormErrors = { faults: [], messages: [] }

/** The form without JavaScript: the first post finds schools, the second sends the request with the visitor's consent, once. */
export function handleFormPost(post: FormPost, site: LandingVisit): Promise<LandingResponse> {
  const [step] = getFormValues(post.values, 'step')
  return step === 'send' ? submitRequest(post, site) : findSchools(post, site, noErrors)
}

/** Shows the matching schools and a new consent text, whose box is unchecked. */
async function findSchools(
  { career, program, values, call }: FormPost,
  site: LandingVisit,
  errors: FormErrors,
): Promise<LandingResponse> {
  const form = { program, values }
  const { body, faults } = buildMatchRequest(
    { career: career.slug, program: program?.programId },
    [],
    values,
    readVisit(career, site),
  )
  if (faults.length > 0) return renderVisitorPage(career, { ...form, faults, messages: [] }, site)
  const response = await call(matchSchools, { body: asRequestBody(matchSchools.body, body) })
  if (response.problem)
    return renderVisitorPage(career, { ...form, ...toFormErrors(response.problem, matchFields) }, site)
  const match = response.body
  if (match.schools.length === 0) return renderNoMatchPage(career, { program, values }, site)
  const questions = await loadQuestions(match.schools, call)
  const [key = site.createIdempotencyKey()] = getFormValues(values, 'key')
  const [checkedIds, shownIds] = [getFormValues(values, schoolsPointer), readIds(values, 'shown')]
  const formValues = {
    ...values,
    [schoolsPointer]: match.schools
      .map(({ schoolId }) => schoolId)
      // A school that the visitor unchecked stays unchecked.
      .filter((id) => checkedIds.includes(id) || !shownIds.includes(id)),
    [consentField.pointer]: [],
  }
  return renderContactPage(career, { ...form, ...errors, values: formValues, match, questions, key }, site)
}

async function submitRequest(post: FormPost, site: LandingVisit): Promise<LandingResponse> {
  const { career, values, call, globalPrivacyControl } = post
  const getFirst = (name: string) => getFormValues(values, name)[0] ?? ''
  if (getFirst('update') !== '') return findSchools(post, site, noErrors)
  const match: AgreedMatch = {
    matchId: getFirst('matchId'),
    formToken: getFirst('formToken') || undefined,
    schools: [],
    consentSha256: getFirst('sha256'),
  }
  const questions = await loadQuestions(readAskingSchools(values), call)
  const { body, faults } = buildLeadRequest(match, questions, values, {
    ...readVisit(career, site),
    globalPrivacyControl,
  })
  const messages = isTextOutdated(values) ? [landingText.agreement.updated] : []
  if (faults.length > 0 || messages.length > 0) return findSchools(post, site, { faults, messages })
  const response = await call(submitLead, {
    headers: { 'idempotency-key': getFirst('key') },
    body: asRequestBody(submitLead.body, body),
  })
  if (response.problem)
    return findSchools(post, site, toFormErrors(response.problem, [...questions, ...getContactStepFields(match)]))
  const { outcome, schools, withdrawalPath } = response.body
  const query = new URLSearchParams([
    ['outcome', outcome],
    ...schools.map(({ schoolId }): [string, string] => ['school', schoolId]),
  ])
  if (withdrawalPath) query.set('withdrawal', withdrawalPath)
  return {
    status: 303,
    headers: { location: `${getCareerPath(career.slug)}/thank-you?${query}`, 'cache-control': 'no-store' },
    body: '',
  }
}

/** The career page with the labels that the visitor came with, as the widget reads them. */
function readVisit({ slug }: LandingCareer, site: LandingVisit) {
  return readPageVisit(new URL(buildLink(getCareerPath(slug), site), site.origin), '')
}

/** Whether other schools are checked than the consent text on the page names. */
function isTextOutdated(values: FormValues): boolean {
  const [checkedIds, namedIds] = [getFormValues(values, schoolsPointer), readIds(values, 'named')]
  return checkedIds.length > 0 && checkedIds.toSorted().join() !== namedIds.toSorted().join()
}

/** The IDs of a hidden field, which are separated by spaces. */
function readIds(values: FormValues, name: string): string[] {
  const [ids = ''] = getFormValues(values, name)
  return ids.split(' ').filter((id) => id !== '')
}

/** The checked schools with their programs: a school that the visitor unchecked asks nothing. */
function readAskingSchools(values: FormValues) {
  const checkedIds = getFormValues(values, schoolsPointer)
  return getFormValues(values, 'asks')
    .slice(0, maxQuestionedPrograms)
    .map((pair) => pair.split(' '))
    .flatMap(([schoolId = '', programId = '']) =>
      checkedIds.includes(schoolId) ? [{ schoolId, name: '', programId }] : [],
    )
}

async function loadQuestions(
  schools: Parameters<typeof collectQuestions>[0],
  call: LandingClient,
): Promise<FormField[]> {
  const responses = await Promise.all(schools.map(({ programId }) => call(readForm, { params: { programId } })))
  return collectQuestions(
    schools,
    responses.flatMap(({ body }) => (body ? [body] : [])),
  )
}

function toFormErrors({ code, errors = [] }: Problem, fields: readonly FormField[]): FormErrors {
  const { faults, unassigned } = assignFaults(fields, errors)
  return { faults, messages: faults.length > 0 && unassigned.length === 0 ? [] : [describeFailure(code)] }
}

// The form's values are sent unchecked: the API validates them.
function asRequestBody<Schema extends z.ZodType>(_schema: Schema, body: object): z.input<Schema> {
  const isRequestBody = (_: unknown): _ is z.input<Schema> => true
  if (isRequestBody(body)) return body
  throw new Error('A type guard that always holds has failed.')
}

const maxQuestionedPrograms = 10
