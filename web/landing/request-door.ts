import type * as z from 'zod'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { readForm } from '#shared/contract/catalog/programs.ts'
import type { Problem } from '#shared/contract/problems.ts'
import type { Fault, Field } from '../form/field.ts'
import { consentField, lastFields, type Match, matchFields, schoolsField } from '../form/fields.ts'
import { questionsOf } from '../form/questions-of.ts'
import { type Values, valuesAt } from '../form/read-fields.ts'
import { leadRequest, matchRequest } from '../form/requests.ts'
import { faultsOf } from '../form/tell-faults.ts'
import { type Call, careerPath, type LandingAnswer, type Setup } from './landing-request.ts'
import { contactPage, nobodyPage, visitorPage } from './request-pages.ts'

type Posted = { slug: string; values: Values; call: Call }
type Trouble = { faults: readonly Fault[]; messages: readonly string[] }
const untroubled: Trouble = { faults: [], messages: [] }

/** Where the form goes without script: the first post finds the schools, the second sends what was agreed to, once. */
export function requestDoor(posted: Posted, setup: Setup): Promise<LandingAnswer> {
  const [step] = valuesAt(posted.values, 'step')
  return step === 'send' ? send(posted, setup) : find(posted, setup, untroubled)
}

/** Shows schools and consent text to whom some school would take. The text is new, so nothing is ticked beneath it. */
async function find({ slug, values, call }: Posted, setup: Setup, trouble: Trouble): Promise<LandingAnswer> {
  const [program] = valuesAt(values, 'program')
  const form = { slug, program, values }
  const { body, faults } = matchRequest({ career: slug, program }, [], values)
  if (faults.length > 0) return visitorPage({ ...form, faults, messages: [] }, setup)
  const answer = await call(matchSchools, { body: asks(matchSchools.body, body) })
  if (answer.problem) return visitorPage({ ...form, ...told(answer.problem, matchFields) }, setup)
  const match = answer.body
  if (match.schools.length === 0) return nobodyPage(slug)
  const questions = await questionsFor(match.schools, call)
  const [key = setup.newKey()] = valuesAt(values, 'key')
  const schools = schoolsField(match.schools).pointer
  const ticked = valuesAt(values, schools)
  const shown = {
    ...values,
    [schools]: valuesAt(values, 'step').includes('send') ? ticked : match.schools.map(({ schoolId }) => schoolId),
    [consentField.pointer]: [],
  }
  return contactPage({ ...form, ...trouble, values: shown, match, questions, key })
}

async function send(posted: Posted, setup: Setup): Promise<LandingAnswer> {
  const { slug, values, call } = posted
  const first = (name: string) => valuesAt(values, name)[0] ?? ''
  const match: Match = {
    matchId: first('matchId'),
    formToken: first('formToken') || undefined,
    schools: [],
    disclosure: { text: '', sha256: first('sha256') },
  }
  const asking = valuesAt(values, 'asks').slice(0, mostAsking)
  const questions = await questionsFor(
    asking.map((programId) => ({ schoolId: '', name: '', programId })),
    call,
  )
  const page = { url: `${setup.origin}${careerPath(slug)}` }
  const { body, faults } = leadRequest(match, questions, values, { page })
  if (faults.length > 0) return find(posted, setup, { faults, messages: [] })
  const answer = await call(submitLead, {
    headers: { 'idempotency-key': first('key') },
    body: asks(submitLead.body, body),
  })
  if (answer.problem) return find(posted, setup, told(answer.problem, [...questions, ...lastFields(match)]))
  const { outcome, schools } = answer.body
  const query = new URLSearchParams([
    ['outcome', outcome],
    ...schools.map(({ schoolId }): [string, string] => ['school', schoolId]),
  ])
  return {
    status: 303,
    headers: { location: `${careerPath(slug)}/thank-you?${query}`, 'cache-control': 'no-store' },
    body: '',
  }
}

async function questionsFor(schools: Parameters<typeof questionsOf>[0], call: Call): Promise<Field[]> {
  const answers = await Promise.all(schools.map(({ programId }) => call(readForm, { params: { programId } })))
  return questionsOf(
    schools,
    answers.flatMap(({ body }) => (body ? [body] : [])),
  )
}

function told({ code, detail = '', errors = [] }: Problem, fields: readonly Field[]): Trouble {
  if (code === 'IDEMPOTENCY_KEY_REUSED') return { faults: [], messages: [arrivedBefore] }
  const { faults, elsewhere } = faultsOf(fields, errors)
  return { faults, messages: faults.length > 0 && elsewhere.length === 0 ? [] : [detail] }
}

// The API judges it: here it is only what a form made.
function asks<Schema extends z.ZodType>(_schema: Schema, body: object): z.input<Schema> {
  const isOne = (_: unknown): _ is z.input<Schema> => true
  if (isOne(body)) return body
  throw new Error('Never.')
}

const mostAsking = 10
const arrivedBefore = 'Your request has arrived already, as you sent it first. It was not sent a second time.'
