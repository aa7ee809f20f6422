export type StepName = 'visitor' | 'questions' | 'contact'
/** `first`: the form has just been drawn. `back`: the visitor returns by the history. */
export type StepArrival = 'first' | 'next' | 'back'

type StepFollower = {
  signal: AbortSignal
  /** The step that is shown; `no-match` leads back to the first one. */
  getStep: () => StepName | 'no-match'
  /** Called with the step of the entry to which the visitor has returned. */
  resume: (step: StepName) => void
}

const member = 'prospectusStep'

/** Adds an entry for a step of the form, or corrects that of a step to which the visitor has returned. What the page keeps in its entry stays. */
export function recordStep(form: string, step: StepName, arrival: StepArrival): void {
  // Until its schools are found, a later step shows the first one, which must not take its place in the history.
  const isRecorded = arrival === 'first' || (arrival === 'back' && step === 'visitor')
  if (isRecorded || readStep(form, history.state) === step) return
  writeStep(arrival === 'next' ? 'pushState' : 'replaceState', form, step)
}

/** The step of the form that an entry shows. An entry of another form shows the first. */
export function readStep(form: string, state: unknown): StepName {
  const entry = readEntry(state)
  if (entry === `${form} questions`) return 'questions'
  return entry === `${form} contact` ? 'contact' : 'visitor'
}

/** Follows Back and Forward. An entry that a link to another part of the page has made goes on with the step that is shown. */
export function followHistory(form: string, { signal, getStep, resume }: StepFollower): void {
  const markEntry = () => readEntry(history.state) ?? writeStep('replaceState', form, getStep())
  markEntry()
  const onPopState = ({ state }: PopStateEvent) => {
    if (readEntry(state) === undefined) markEntry()
    else resume(readStep(form, state))
  }
  addEventListener('popstate', onPopState, { signal })
}

function readEntry(state: unknown): unknown {
  return typeof state === 'object' && state !== null && member in state ? state[member] : undefined
}

function writeStep(method: 'pushState' | 'replaceState', form: string, step: string): void {
  try {
    history[method]({ ...history.state, [member]: `${form} ${step}` }, '')
  } catch {
    // A sandboxed frame may have no history: Back then leaves the form.
  }
}
