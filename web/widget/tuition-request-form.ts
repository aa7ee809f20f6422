import type * as z from 'zod'
import type { leadReceipt } from '../../shared/contract/capture/capture.ts'
import type { programForm } from '../../shared/contract/catalog/programs.ts'
import { buildLeadRequest, buildMatchRequest } from '../form/build-requests.ts'
import { collectQuestions } from '../form/collect-questions.ts'
import { getContactStepFields, type Match, matchFields } from '../form/fields.ts'
import type { FormField } from '../form/form-field.ts'
import { assignFaults } from '../form/format-fault.ts'
import type { FormValues, RequestBody } from '../form/read-fields.ts'
import { element } from '../parts/element.ts'
import { renderNoMatch } from '../parts/render-no-match.ts'
import { renderThanks } from '../parts/render-thanks.ts'
import { callApi, type WidgetProblem, type WidgetRequest, type WidgetResponse } from './call-api.ts'
import { createIdempotencyKey, randomHex } from './create-idempotency-key.ts'
import type { WidgetView } from './define-element.ts'
import { isRetryable } from './get-retry-delay.ts'
import { readPageVisit } from './read-page-visit.ts'
import { type StepControls, showStep } from './show-step.ts'
import { createContactStep, createQuestionStep, createVisitorStep } from './steps.ts'

type Receipt = z.output<typeof leadReceipt>
type Form = z.output<typeof programForm>

/** `<tuition-request-form career="..." source-key="..." program?>`: finds the schools, asks, shows the consent text, sends once. */
export function tuitionRequestForm(view: WidgetView): void {
  const { career = '', program, 'source-key': sourceKey = '' } = view.settings
  const visit = readPageVisit(location, document.referrer)
  // One key for each view of the form: however often it is sent, it is one enquiry.
  const idempotencyKey = createIdempotencyKey()
  // W3C Trace Context: one trace for each view of the form, by which the lead is followed as far as the schools.
  const traceId = randomHex(16)
  let values: FormValues = {}
  let questions: FormField[] = []
  let formToken: string | undefined
  /** What was sent and may have arrived: nothing else is sent before it is known what became of it. */
  let unconfirmedBody: RequestBody | undefined
  let currentStep = askVisitor('first')
  emit('ready', {})

  function askVisitor(arrival: 'first' | 'next'): StepControls {
    return showStep(
      view,
      createVisitorStep(values, (newValues) => findSchools(matchFields, newValues)),
      arrival,
    )
  }

  async function findSchools(fields: readonly FormField[], newValues: FormValues, notice?: string): Promise<void> {
    storeValues(fields, newValues)
    const { body, faults } = buildMatchRequest({ career, program }, questions, values, visit.utm)
    if (faults.length > 0) return currentStep.fail({ faults })
    const response = await call<Match>({ path: '/v1/matches', body })
    if ('problem' in response) return showProblem(response.problem, fields)
    // The first one tells how long ago the form was shown.
    formToken ??= response.body.formToken
    await askQuestions({ ...response.body, formToken }, notice)
  }

  /** The programs' own questions come before the consent text, so that it names only schools that still take the visitor. */
  async function askQuestions(match: Match, notice: string | undefined): Promise<void> {
    if (match.schools.length === 0) return showNoMatch()
    const getFormPath = (programId: string) => `/v1/programs/${encodeURIComponent(programId)}/form`
    const responses = await Promise.all(
      match.schools.map(({ programId }) => call<Form>({ path: getFormPath(programId) })),
    )
    const forms = responses.flatMap((response) => ('body' in response ? [response.body] : []))
    const knownPointers = new Set(questions.map(({ pointer }) => pointer))
    const newQuestions = collectQuestions(match.schools, forms).filter(({ pointer }) => !knownPointers.has(pointer))
    if (newQuestions.length === 0) return askContact(match, notice)
    questions = [...questions, ...newQuestions]
    const actions = { send: (newValues: FormValues) => findSchools(newQuestions, newValues, notice), back: restart }
    currentStep = showStep(view, createQuestionStep(newQuestions, values, actions), 'next')
  }

  function askContact(match: Match, notice: string | undefined): void {
    const actions = { send: (newValues: FormValues) => send(match, newValues), back: restart }
    currentStep = showStep(view, createContactStep(match, values, actions), 'next')
    if (notice !== undefined) currentStep.fail({ messages: [notice] })
  }

  async function send(match: Match, newValues: FormValues): Promise<void> {
    const fields = getContactStepFields(match)
    storeValues(fields, newValues)
    const { body, faults } = buildLeadRequest(match, questions, values, visit)
    if (!unconfirmedBody && faults.length > 0) return currentStep.fail(assignFaults(fields, faults))
    const requestBody = unconfirmedBody ?? body
    emit('submit', { schoolIds: requestBody.schoolIds })
    const headers = { 'idempotency-key': idempotencyKey }
    const response = await call<Receipt>({ path: '/v1/leads', body: requestBody, headers })
    if ('body' in response) return showThanks(response.body)
    const { status, code, errors } = response.problem
    unconfirmedBody = isRetryable(status) ? requestBody : undefined
    emit('rejected', { status, code, fields: errors.map(({ pointer }) => pointer) })
    if (renewableCodes.has(code))
      return findSchools([], {}, 'The schools were looked up anew. Please read the agreement again.')
    showProblem(response.problem, fields)
    if (unconfirmedBody) view.find('.fields')?.toggleAttribute('inert', true)
  }

  function showThanks({ leadId, outcome, schools }: Receipt): void {
    view.show(renderThanks({ outcome, schools: schools.map(({ name }) => name) }))
    view.find('h2')?.focus()
    emit('accepted', { leadId, outcome, schools: schools.map(({ schoolId, name }) => ({ schoolId, name })) })
  }

  function showNoMatch(): void {
    view.show(
      renderNoMatch(element('button', { class: 'button', type: 'button', part: 'button' }, 'Change my answers')),
    )
    view.find('h2')?.focus()
    view.find('.button')?.addEventListener('click', restart)
  }

  function restart(): void {
    if (unconfirmedBody) return
    questions = []
    currentStep = askVisitor('next')
  }

  // A form says nothing of boxes that are not ticked, so what a field held before goes first.
  function storeValues(fields: readonly FormField[], newValues: FormValues): void {
    values = { ...values, ...Object.fromEntries(fields.map(({ pointer }) => [pointer, []])), ...newValues }
  }

  function showProblem({ status, detail, errors }: WidgetProblem, fields: readonly FormField[]): void {
    const { faults, unassigned } = assignFaults(fields, errors)
    const lostMessage = `${detail} Please try again: your request is kept here, and it can arrive only once.`
    const hasFieldFaults = faults.length > 0 && unassigned.length === 0
    currentStep.fail({ faults, messages: isRetryable(status) ? [lostMessage] : hasFieldFaults ? [] : [detail] })
  }

  function call<ResponseBody>(request: WidgetRequest): Promise<WidgetResponse<ResponseBody>> {
    const traceparent = `00-${traceId}-${randomHex(8)}-01`
    const headers = request.body && { 'x-source-key': sourceKey, traceparent, ...request.headers }
    const onRetry = () => currentStep.showStatus('No answer yet; trying again …')
    return callApi(
      { ...request, ...(headers && { headers }) },
      { api: view.settings.api, signal: view.signal, onRetry },
    )
  }

  /** What the page may want to know, and never who the visitor is. */
  function emit(eventName: 'ready' | 'submit' | 'accepted' | 'rejected', detail: object): void {
    if (view.signal.aborted) return
    view.host.dispatchEvent(new CustomEvent(`lead:${eventName}`, { bubbles: true, composed: true, detail }))
  }
}

const renewableCodes = new Set(['MATCH_EXPIRED', 'MATCH_INVALID', 'CONSENT_MISMATCH', 'SCHOOL_UNKNOWN'])
