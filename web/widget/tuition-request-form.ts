import type * as z from 'zod'
import type { leadReceipt } from '../../shared/contract/capture/capture.ts'
import type { programForm } from '../../shared/contract/catalog/programs.ts'
import type { Field } from '../form/field.ts'
import { lastFields, type Match, matchFields } from '../form/fields.ts'
import { questionsOf } from '../form/questions-of.ts'
import type { Body, Values } from '../form/read-fields.ts'
import { leadRequest, matchRequest } from '../form/requests.ts'
import { faultsOf } from '../form/tell-faults.ts'
import { element } from '../parts/element.ts'
import { nobodyParts } from '../parts/nobody-parts.ts'
import { thanksParts } from '../parts/thanks-parts.ts'
import { type Answer, type Call, callApi, type Problem } from './call-api.ts'
import type { View } from './define-element.ts'
import { newKey, randomHex } from './new-key.ts'
import { mayPass } from './pause-after.ts'
import { type Shown, showStep } from './show-step.ts'
import { contactStep, questionStep, visitorStep } from './steps.ts'
import { visitOf } from './visit-of.ts'

type Receipt = z.output<typeof leadReceipt>
type Form = z.output<typeof programForm>

/** `<tuition-request-form career="..." source-key="..." program?>`: finds the schools, asks, shows the consent text, sends once. */
export function tuitionRequestForm(view: View): void {
  const { career = '', program, 'source-key': sourceKey = '' } = view.settings
  const visit = visitOf(location, document.referrer)
  // One key for each view of the form: however often it is sent, it is one enquiry.
  const idempotencyKey = newKey()
  // W3C Trace Context: one trace for each view of the form, by which the lead is followed as far as the schools.
  const traceId = randomHex(16)
  let values: Values = {}
  let questions: Field[] = []
  let formToken: string | undefined
  /** What was sent and may have arrived: nothing else is sent before it is known what became of it. */
  let unsettled: Body | undefined
  let shown = askVisitor('first')
  tell('ready', {})

  function askVisitor(arrival: 'first' | 'next'): Shown {
    return showStep(
      view,
      visitorStep(values, (given) => find(matchFields, given)),
      arrival,
    )
  }

  async function find(fields: readonly Field[], given: Values, notice?: string): Promise<void> {
    take(fields, given)
    const { body, faults } = matchRequest({ career, program }, questions, values, visit.utm)
    if (faults.length > 0) return shown.fail({ faults })
    const answer = await call<Match>({ path: '/v1/matches', body })
    if ('problem' in answer) return explain(answer.problem, fields)
    // The first one tells how long ago the form was shown.
    formToken ??= answer.body.formToken
    await ask({ ...answer.body, formToken }, notice)
  }

  /** The programs' own questions come before the consent text, so that it names only schools that still take the visitor. */
  async function ask(match: Match, notice: string | undefined): Promise<void> {
    if (match.schools.length === 0) return sayNobody()
    const pathOf = (programId: string) => `/v1/programs/${encodeURIComponent(programId)}/form`
    const answers = await Promise.all(match.schools.map(({ programId }) => call<Form>({ path: pathOf(programId) })))
    const forms = answers.flatMap((answer) => ('body' in answer ? [answer.body] : []))
    const known = new Set(questions.map(({ pointer }) => pointer))
    const fresh = questionsOf(match.schools, forms).filter(({ pointer }) => !known.has(pointer))
    if (fresh.length === 0) return askContact(match, notice)
    questions = [...questions, ...fresh]
    const moves = { send: (given: Values) => find(fresh, given, notice), back: startOver }
    shown = showStep(view, questionStep(fresh, values, moves), 'next')
  }

  function askContact(match: Match, notice: string | undefined): void {
    const moves = { send: (given: Values) => send(match, given), back: startOver }
    shown = showStep(view, contactStep(match, values, moves), 'next')
    if (notice !== undefined) shown.fail({ messages: [notice] })
  }

  async function send(match: Match, given: Values): Promise<void> {
    const fields = lastFields(match)
    take(fields, given)
    const { body, faults } = leadRequest(match, questions, values, visit)
    if (!unsettled && faults.length > 0) return shown.fail(faultsOf(fields, faults))
    const sent = unsettled ?? body
    tell('submit', { schoolIds: sent.schoolIds })
    const headers = { 'idempotency-key': idempotencyKey }
    const answer = await call<Receipt>({ path: '/v1/leads', body: sent, headers })
    if ('body' in answer) return thank(answer.body)
    const { status, code, errors } = answer.problem
    unsettled = mayPass(status) ? sent : undefined
    tell('rejected', { status, code, fields: errors.map(({ pointer }) => pointer) })
    if (renewing.has(code)) return find([], {}, 'The schools were looked up anew. Please read the agreement again.')
    explain(answer.problem, fields)
    if (unsettled) view.find('.fields')?.toggleAttribute('inert', true)
  }

  function thank({ leadId, outcome, schools }: Receipt): void {
    view.show(thanksParts({ outcome, schools: schools.map(({ name }) => name) }))
    view.find('h2')?.focus()
    tell('accepted', { leadId, outcome, schools: schools.map(({ schoolId, name }) => ({ schoolId, name })) })
  }

  function sayNobody(): void {
    view.show(nobodyParts(element('button', { class: 'button', type: 'button', part: 'button' }, 'Change my answers')))
    view.find('h2')?.focus()
    view.find('.button')?.addEventListener('click', startOver)
  }

  function startOver(): void {
    if (unsettled) return
    questions = []
    shown = askVisitor('next')
  }

  // A form says nothing of boxes that are not ticked, so what a field held before goes first.
  function take(fields: readonly Field[], given: Values): void {
    values = { ...values, ...Object.fromEntries(fields.map(({ pointer }) => [pointer, []])), ...given }
  }

  function explain({ status, detail, errors }: Problem, fields: readonly Field[]): void {
    const { faults, elsewhere } = faultsOf(fields, errors)
    const lost = `${detail} Please try again: your request is kept here, and it can arrive only once.`
    const isTold = faults.length > 0 && elsewhere.length === 0
    shown.fail({ faults, messages: mayPass(status) ? [lost] : isTold ? [] : [detail] })
  }

  function call<Answered>(what: Call): Promise<Answer<Answered>> {
    const traceparent = `00-${traceId}-${randomHex(8)}-01`
    const headers = what.body && { 'x-source-key': sourceKey, traceparent, ...what.headers }
    const waiting = () => shown.say('No answer yet; trying again …')
    return callApi({ ...what, ...(headers && { headers }) }, { api: view.settings.api, signal: view.signal, waiting })
  }

  /** What the page may want to know, and never who the visitor is. */
  function tell(what: 'ready' | 'submit' | 'accepted' | 'rejected', detail: object): void {
    if (view.signal.aborted) return
    view.host.dispatchEvent(new CustomEvent(`lead:${what}`, { bubbles: true, composed: true, detail }))
  }
}

const renewing = new Set(['MATCH_EXPIRED', 'MATCH_INVALID', 'CONSENT_MISMATCH', 'SCHOOL_UNKNOWN'])
