export type StepName = 'visitor' | 'questions' | 'contact'

const member = 'prospectusStep'

/** Adds an entry for a step of the form, unless it is the current one. What the page keeps in its entry stays. */
export function pushStep(form: string, step: StepName): void {
  if (readStep(form, history.state) === step) return
  try {
    history.pushState({ ...history.state, [member]: `${form} ${step}` }, '')
  } catch {
    // A sandboxed frame may have no history: Back then leaves the form.
  }
}

/** The step of the form that an entry shows. Entries from before the form show the first. */
export function readStep(form: string, state: unknown): StepName {
  const entry = typeof state === 'object' && state !== null && member in state ? state[member] : undefined
  if (entry === `${form} questions`) return 'questions'
  return entry === `${form} contact` ? 'contact' : 'visitor'
}
