import { assignFaults } from '../../form/assign-faults.ts'
import { buildLeadRequest, buildMatchRequest } from '../../form/build-requests.ts'
import { collectQuestions, listAskingSchools } from '../../form/collect-questions.ts'
import {
  getContactStepFields,
  getVisitorFields,
  isAboutAge,
  type Match,
  matchFields,
  schoolsPointer,
} from '../../form/fields.ts'
import type { FormField } from '../../form/form-field.ts'
import { type FormValues, getFormValues, type RequestBody, readFields } from '../../form/read-fields.ts'
import { describeFailure, failureText, formText } from '../../words/visitor.ts'
import type { WidgetProblem } from '../call-api.ts'
import type { WidgetView } from '../define-element.ts'
import { emitEvent } from '../emit-event.ts'
import { isRetryable } from '../get-retry-delay.ts'
import { createIdempotencyKey } from '../hex.ts'
import { showUnavailable } from '../show-unavailable.ts'
import { checkSettings } from './check-settings.ts'
import { createCaller } from './create-caller.ts'
import { createFormProofs } from './create-form-proofs.ts'
import { hashConsentText } from './hash-consent-text.ts'
import { loadProgram, loadProgramForms, type WidgetProgram } from './load-program-forms.ts'
import { readVisit } from './read-visit.ts'
import { readTypedValues, restoreDraft } from './restore-draft.ts'
import { clearDraft, saveDraft, storeValues } from './session-draft.ts'
import { showNoMatch } from './show-no-match.ts'
import { type FormStep, type ShownStep, showStep } from './show-step.ts'
import { showThanks, type WidgetReceipt } from './show-thanks.ts'
import { followHistory, readStep, recordStep, type StepArrival, type StepName } from './step-history.ts'
import { createContactStep, createQuestionStep, createVisitorStep } from './steps.ts'

/** `resumeAt`: the step to which the visitor returns, if earlier answers allow it. */
type Search = { notice?: string | undefined; resumeAt?: StepName }

/** `<tuition-request-form career="..." source-key="..." program?>`: finds schools, asks their questions, shows the consent text, and sends the request once. */
export function tuitionRequestForm(view: WidgetView): void {
  const { settings, signal, draft } = view
  const career = settings.get('career') ?? ''
  let program = settings.get('program')
  let requestedProgram: WidgetProgram | undefined
  const visit = readVisit()
  // One key per view of the form: repeated submits are one request.
  const idempotencyKey = createIdempotencyKey()
  const call = createCaller(view, () => currentStep.showStatus(navigator.onLine ? formText.retrying : formText.offline))
  const draftKey = `prospectus-form:${career}`
  const isRestored = restoreDraft(draftKey, view)
  const proofs = createFormProofs(view.host)
  let questions: FormField[] = []
  let formToken: string | undefined
  /** A request whose outcome is unknown. Only the same bytes are sent again until the outcome is known. */
  let unconfirmedBody: RequestBody | undefined
  let isSent = false
  let asksAge = isAboutAge(Object.keys(draft.values))
  let searches = 0
  let currentStep: ShownStep = askVisitor('first')
  emitEvent(view, 'lead:ready', {})
  const isUsed = () => Object.values(readTypedValues(view)).some((entries) => entries.some(Boolean))
  void checkSettings(view, isUsed).then((formSettings) => {
    if (formSettings) proofs.start(formSettings)
    // A form that is used asks for the age when it is sent.
    if (formSettings?.minimumAge && currentStep.name === 'visitor' && !isUsed()) askAge()
  })
  void nameProgram()
  followHistory(draftKey, { signal, getStep: () => currentStep.name, resume: showEntry })
  if (isRestored) void resume(readStep(draftKey, history.state))
  addEventListener('offline', () => currentStep.showStatus(formText.offline), { signal })
  addEventListener('online', () => currentStep.showStatus(''), { signal })

  /** The heading names the program that was asked for. */
  async function nameProgram(): Promise<void> {
    const loaded = program === undefined ? undefined : await loadProgram(program, call)
    requestedProgram = program === undefined ? undefined : loaded
    if (requestedProgram) currentStep.showSubject(formText.subject(requestedProgram))
  }

  function showEntry(step: StepName): void {
    // The visitor decides again about questions that were skipped. A last step that is shown keeps its agreement.
    if (step !== 'contact') draft.leftOutIds = []
    if (step !== 'contact' || currentStep.name !== 'contact') void resume(step)
  }

  /** Shows the step of an entry of the history with all that was typed. */
  async function resume(step: StepName): Promise<void> {
    if (isSent || unconfirmedBody || draft.sending) return
    searches += 1
    questions = []
    if (currentStep.name !== 'visitor') currentStep = askVisitor('back')
    if (step !== 'visitor' && readFields(matchFields, draft.values).faults.length === 0)
      await findSchools([], {}, { resumeAt: step })
  }

  function show(name: StepName, step: FormStep, arrival: StepArrival = 'next'): ShownStep {
    recordStep(draftKey, name, arrival)
    saveDraft(draftKey, draft)
    const remember = (newValues: FormValues) => {
      storeValues(draft, step.fields, newValues)
      saveDraft(draftKey, draft)
    }
    const subject = requestedProgram && formText.subject(requestedProgram)
    return { name, ...showStep(view, { ...step, subject, remember }, arrival) }
  }

  function askAge(): void {
    asksAge = true
    currentStep = askVisitor('first')
  }

  function askVisitor(arrival: StepArrival) {
    const search = (newValues: FormValues) => findSchools(getVisitorFields(asksAge), newValues)
    return show('visitor', createVisitorStep(draft.values, asksAge, search), arrival)
  }

  async function findSchools(fields: readonly FormField[], newValues: FormValues, search: Search = {}): Promise<void> {
    storeValues(draft, fields, newValues)
    searches += 1
    const number = searches
    const { body, faults } = buildMatchRequest({ career, program }, questions, draft.values, visit)
    if (faults.length > 0) return currentStep.fail({ faults })
    const response = await call<Match>({ path: '/v1/matches', body })
    // The visitor has gone to another step meanwhile.
    if (number !== searches) return
    if ('problem' in response) return showProblem(response.problem, fields)
    // The first token records when the form was shown.
    formToken ??= response.body.formToken
    await askQuestions({ ...response.body, formToken }, search)
  }

  /** The schools' questions come before the consent text, so that it names only schools that still match. */
  async function askQuestions(wholeMatch: Match, search: Search): Promise<void> {
    const schools = wholeMatch.schools.filter(({ schoolId }) => !draft.leftOutIds.includes(schoolId))
    const match = { ...wholeMatch, schools }
    if (schools.length === 0) {
      currentStep = { ...currentStep, name: 'no-match' }
      return showNoMatch(view, { program: requestedProgram, restart: () => restart([], {}), findOthers })
    }
    const number = searches
    const forms = await loadProgramForms(schools, call)
    if (number !== searches) return
    const knownPointers = new Set(questions.map(({ pointer }) => pointer))
    const newQuestions = collectQuestions(schools, forms).filter(({ pointer }) => !knownPointers.has(pointer))
    if (newQuestions.length === 0) return askContact(match, wholeMatch, search)
    const isAnswered = search.resumeAt === 'contact' && readFields(newQuestions, draft.values).faults.length === 0
    const earlierQuestions = questions
    questions = [...questions, ...newQuestions]
    if (isAnswered) return findSchools([], {}, search)
    const listAskers = ({ pointer }: FormField) => listAskingSchools(schools, forms, pointer)
    currentStep = show(
      'questions',
      createQuestionStep(newQuestions, schools, {
        values: draft.values,
        send: (newValues) => findSchools(newQuestions, newValues, { notice: search.notice }),
        back: (newValues) => restart(newQuestions, newValues),
        listAskers,
        skip: (question, newValues) => {
          storeValues(draft, newQuestions, { ...newValues, [question.pointer]: [] })
          draft.leftOutIds.push(...listAskers(question).map(({ schoolId }) => schoolId))
          questions = earlierQuestions
          // Of two clicks, the last one counts.
          searches += 1
          void askQuestions(wholeMatch, { notice: search.notice })
        },
      }),
      search.resumeAt && 'back',
    )
  }

  function askContact(match: Match, wholeMatch: Match, { notice, resumeAt }: Search): void {
    const schoolIds = match.schools.map(({ schoolId }) => schoolId)
    const checkedIds = getFormValues(draft.values, schoolsPointer)
    storeValues(draft, [], {
      [schoolsPointer]: schoolIds.filter((id) => checkedIds.includes(id) || !draft.shownIds.includes(id)),
    })
    draft.shownIds.push(...schoolIds)
    const actions = {
      send: (newValues: FormValues) => send(match, wholeMatch, newValues),
      back: (newValues: FormValues) => restart(getContactStepFields(match), newValues),
    }
    currentStep = show('contact', createContactStep(match, draft.values, actions), resumeAt && 'back')
    if (notice !== undefined) currentStep.fail({ messages: [notice] })
  }

  async function send(match: Match, wholeMatch: Match, newValues: FormValues): Promise<void> {
    const fields = getContactStepFields(match)
    storeValues(draft, fields, newValues)
    const checkedIds = getFormValues(draft.values, schoolsPointer)
    const consentSha256 = await hashConsentText(wholeMatch, checkedIds)
    if (consentSha256 === undefined) return currentStep.fail({ messages: [failureText.notSecure] })
    const { body, faults } = buildLeadRequest({ ...match, consentSha256 }, questions, draft.values, visit)
    if (!unconfirmedBody && faults.length > 0) {
      const shownFaults = faults.filter(({ pointer }) => fields.some((field) => field.pointer === pointer))
      const messages = shownFaults.length < faults.length ? [failureText.earlierAnswer] : []
      return currentStep.fail({ faults: shownFaults, messages })
    }
    const proofFault = !unconfirmedBody && proofs.findFault()
    if (proofFault) return currentStep.fail({ messages: [proofFault] })
    const requestBody = unconfirmedBody ?? { ...body, ...proofs.getFields() }
    emitEvent(view, 'lead:submit', { schoolIds: [requestBody.schoolIds ?? []].flat().map(String) })
    const headers = { 'idempotency-key': idempotencyKey }
    const responded = call<WidgetReceipt>({ path: '/v1/leads', body: requestBody, headers })
    draft.sending = responded
    const response = await responded
    delete draft.sending
    if ('body' in response) {
      isSent = true
      clearDraft(draftKey)
      return showThanks(view, response.body)
    }
    const { status, code, errors } = response.problem
    unconfirmedBody = isRetryable(status) ? requestBody : undefined
    if (!unconfirmedBody) proofs.renew()
    emitEvent(view, 'lead:rejected', { status, code, fields: errors.map(({ pointer }) => pointer) })
    const notice = describeFailure(code)
    if (notice === failureText.reviewAgreement) return findSchools([], {}, { notice })
    showProblem(response.problem, fields)
    if (unconfirmedBody) view.find('.fields')?.toggleAttribute('inert', true)
  }

  /** Looks for all programs of the career with the same answers. */
  function findOthers(): void {
    program = undefined
    requestedProgram = undefined
    restart([], {})
    void findSchools([], {})
  }

  function restart(fields: readonly FormField[], newValues: FormValues): void {
    if (unconfirmedBody) return
    searches += 1
    storeValues(draft, fields, newValues)
    questions = []
    draft.leftOutIds = []
    currentStep = askVisitor('next')
  }

  function showProblem(problem: WidgetProblem, fields: readonly FormField[]): void {
    const { status, code, errors } = problem
    if (!asksAge && currentStep.name === 'visitor' && isAboutAge(errors.map(({ pointer }) => pointer))) {
      askAge()
      showProblem(problem, matchFields)
      return
    }
    const { faults, unassigned } = assignFaults(fields, errors)
    const message = isRetryable(status) && status !== 429 ? failureText.noConnection : describeFailure(code)
    if (message === failureText.unavailable) showUnavailable(view, problem)
    else currentStep.fail({ faults, messages: faults.length > 0 && unassigned.length === 0 ? [] : [message] })
  }
}
