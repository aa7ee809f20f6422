import type * as z from 'zod'
import type { leadReceipt } from '../../shared/contract/capture/capture.ts'
import type { programForm } from '../../shared/contract/catalog/programs.ts'
import { assignFaults } from '../form/assign-faults.ts'
import { buildLeadRequest, buildMatchRequest } from '../form/build-requests.ts'
import { collectQuestions } from '../form/collect-questions.ts'
import { renderConsentText } from '../form/consent-text.ts'
import { getContactStepFields, type Match, matchFields, schoolsPointer } from '../form/fields.ts'
import type { FormField } from '../form/form-field.ts'
import { collectFormValues, type FormValues, getFormValues, type RequestBody } from '../form/read-fields.ts'
import { readPageVisit } from '../form/read-page-visit.ts'
import { element } from '../parts/element.ts'
import { renderNoMatch } from '../parts/render-no-match.ts'
import { renderThanks } from '../parts/render-thanks.ts'
import { describeFailure, failureText, formText } from '../words/visitor.ts'
import { callApi, noResponseCode, type WidgetProblem, type WidgetRequest, type WidgetResponse } from './call-api.ts'
import type { WidgetView } from './define-element.ts'
import { emitEvent } from './emit-event.ts'
import { isRetryable } from './get-retry-delay.ts'
import { createIdempotencyKey, randomHex, sha256 } from './hex.ts'
import { type StepControls, showStep } from './show-step.ts'
import { reportProblem, showUnavailable } from './show-unavailable.ts'
import { createContactStep, createQuestionStep, createVisitorStep } from './steps.ts'

type Receipt = z.output<typeof leadReceipt>
type Form = z.output<typeof programForm>

/** `<tuition-request-form career="..." source-key="..." program?>`: finds schools, asks their questions, shows the consent text, and sends the request once. */
export function tuitionRequestForm(view: WidgetView): void {
  const { api, settings, signal, draft } = view
  const career = settings.get('career') ?? ''
  const program = settings.get('program')
  const sourceKey = settings.get('source-key') ?? ''
  // A generated frame (`srcdoc`) has no address of its own, and the base of the page around it.
  const pageUrl = location.protocol.startsWith('http') ? location.href : document.baseURI
  const visit = readPageVisit(new URL(pageUrl), document.referrer)
  // One key per view of the form: repeated submits are one request.
  const idempotencyKey = createIdempotencyKey()
  // W3C Trace Context: one trace per view of the form, which follows the lead to the schools.
  const traceId = randomHex(16)
  const { shownIds } = draft
  storeValues([], readTypedValues(view))
  let questions: FormField[] = []
  let formToken: string | undefined
  /** A request whose outcome is unknown. Only the same bytes are sent again until the outcome is known. */
  let unconfirmedBody: RequestBody | undefined
  let currentStep = askVisitor('first')
  emitEvent(view, 'lead:ready', {})
  void checkSettings()

  /** A mistake in the page must appear before a visitor has filled in the form. */
  async function checkSettings(): Promise<void> {
    const query = new URLSearchParams({ careerSlug: career, ...(program && { programId: program }) })
    const response = await callApi(
      { path: `/v1/form-settings?${query}`, headers: { 'x-source-key': sourceKey } },
      { api, signal, onRetry: () => undefined },
    )
    if ('body' in response || !navigator.onLine) return
    const { problem } = response
    const hasResponse = problem.code !== noResponseCode
    // The API is busy or fails for a moment; the form says so if it is sent.
    if (hasResponse && isRetryable(problem.status)) return
    // What is typed stays, because the network of a visitor may come back.
    const isUsed = Object.values(readTypedValues(view)).some((entries) => entries.some(Boolean))
    if (!hasResponse && isUsed) reportProblem(view, problem)
    else showUnavailable(view, problem)
  }

  function askVisitor(arrival: 'first' | 'next'): StepControls {
    return showStep(
      view,
      createVisitorStep(draft.values, (newValues) => findSchools(matchFields, newValues)),
      arrival,
    )
  }

  async function findSchools(fields: readonly FormField[], newValues: FormValues, notice?: string): Promise<void> {
    storeValues(fields, newValues)
    const { body, faults } = buildMatchRequest({ career, program }, questions, draft.values, visit)
    if (faults.length > 0) return currentStep.fail({ faults })
    const response = await call<Match>({ path: '/v1/matches', body })
    if ('problem' in response) return showProblem(response.problem, fields)
    // The first token records when the form was shown.
    formToken ??= response.body.formToken
    await askQuestions({ ...response.body, formToken }, notice)
  }

  /** The schools' questions come before the consent text, so that it names only schools that still match. */
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
    const actions = {
      send: (newValues: FormValues) => findSchools(newQuestions, newValues, notice),
      back: (newValues: FormValues) => restart(newQuestions, newValues),
    }
    currentStep = showStep(view, createQuestionStep(newQuestions, draft.values, actions), 'next')
  }

  function askContact(match: Match, notice: string | undefined): void {
    const schoolIds = match.schools.map(({ schoolId }) => schoolId)
    const checkedIds = getFormValues(draft.values, schoolsPointer)
    storeValues([], {
      [schoolsPointer]: schoolIds.filter((id) => checkedIds.includes(id) || !shownIds.includes(id)),
    })
    shownIds.push(...schoolIds)
    const actions = {
      send: (newValues: FormValues) => send(match, newValues),
      back: (newValues: FormValues) => restart(getContactStepFields(match), newValues),
    }
    currentStep = showStep(view, createContactStep(match, draft.values, actions), 'next')
    if (notice !== undefined) currentStep.fail({ messages: [notice] })
  }

  async function send(match: Match, newValues: FormValues): Promise<void> {
    const fields = getContactStepFields(match)
    storeValues(fields, newValues)
    const checkedIds = getFormValues(draft.values, schoolsPointer)
    const consentSha256 =
      checkedIds.length === match.schools.length
        ? match.disclosure.sha256
        : await sha256(renderConsentText(match, checkedIds) ?? '')
    if (consentSha256 === undefined) return currentStep.fail({ messages: [failureText.notSecure] })
    const { body, faults } = buildLeadRequest({ ...match, consentSha256 }, questions, draft.values, visit)
    if (!unconfirmedBody && faults.length > 0) {
      const shownFaults = faults.filter(({ pointer }) => fields.some((field) => field.pointer === pointer))
      const messages = shownFaults.length < faults.length ? [failureText.earlierAnswer] : []
      return currentStep.fail({ faults: shownFaults, messages })
    }
    const requestBody = unconfirmedBody ?? body
    const { schoolIds } = requestBody
    emitEvent(view, 'lead:submit', { schoolIds: Array.isArray(schoolIds) ? schoolIds.map(String) : [] })
    const headers = { 'idempotency-key': idempotencyKey }
    const responded = call<Receipt>({ path: '/v1/leads', body: requestBody, headers })
    draft.sending = responded
    const response = await responded
    if ('body' in response) return showThanks(response.body)
    const { status, code, errors } = response.problem
    unconfirmedBody = isRetryable(status) ? requestBody : undefined
    emitEvent(view, 'lead:rejected', { status, code, fields: errors.map(({ pointer }) => pointer) })
    if (renewableCodes.has(code)) return findSchools([], {}, failureText.reviewAgreement)
    showProblem(response.problem, fields)
    if (unconfirmedBody) view.find('.fields')?.toggleAttribute('inert', true)
  }

  function showThanks({ leadId, outcome, schools, withdrawalPath }: Receipt): void {
    const withdrawalUrl = withdrawalPath && api + withdrawalPath
    view.show(renderThanks({ outcome, schools: schools.map(({ name }) => name) }, withdrawalUrl))
    view.find('h2')?.focus()
    emitEvent(view, 'lead:accepted', {
      leadId,
      outcome,
      schools: schools.map(({ schoolId, name }) => ({ schoolId, name })),
    })
  }

  function showNoMatch(): void {
    view.show(
      renderNoMatch(element('button', { class: 'button', type: 'button', part: 'button' }, formText.changeAnswers)),
    )
    view.find('h2')?.focus()
    view.find('.button')?.addEventListener('click', () => restart([], {}))
  }

  function restart(fields: readonly FormField[], newValues: FormValues): void {
    if (unconfirmedBody) return
    storeValues(fields, newValues)
    questions = []
    currentStep = askVisitor('next')
  }

  // FormData leaves out unchecked boxes, so the fields' earlier values are cleared first.
  function storeValues(fields: readonly FormField[], newValues: FormValues): void {
    draft.values = {
      ...draft.values,
      ...Object.fromEntries(fields.map(({ pointer }) => [pointer, []])),
      ...newValues,
    }
  }

  function showProblem(problem: WidgetProblem, fields: readonly FormField[]): void {
    const { status, code, errors } = problem
    const { faults, unassigned } = assignFaults(fields, errors)
    const hasFieldFaults = faults.length > 0 && unassigned.length === 0
    const message = isRetryable(status) && status !== 429 ? failureText.noConnection : describeFailure(code)
    if (message === failureText.unavailable) showUnavailable(view, problem)
    else currentStep.fail({ faults, messages: hasFieldFaults ? [] : [message] })
  }

  function call<ResponseBody>(request: WidgetRequest): Promise<WidgetResponse<ResponseBody>> {
    const traceparent = `00-${traceId}-${randomHex(8)}-01`
    const headers = request.body && { 'x-source-key': sourceKey, traceparent, ...request.headers }
    const onRetry = () => currentStep.showStatus(formText.retrying)
    return callApi({ ...request, ...(headers && { headers }) }, { api, signal, onRetry })
  }
}

/** What the visitor has typed into the form that is replaced: this form with other settings, or the plain form of the page. */
function readTypedValues({ host, find }: WidgetView): FormValues {
  const form = find('form') ?? host.querySelector('form')
  // Other names are sent nowhere, and the last step clears the agreement.
  return form instanceof HTMLFormElement ? collectFormValues(new FormData(form)) : {}
}

const renewableCodes = new Set(['MATCH_EXPIRED', 'MATCH_INVALID', 'CONSENT_MISMATCH', 'SCHOOL_UNKNOWN'])
