import type { FieldFault, FormField } from '../../form/form-field.ts'
import { collectFormValues, type FormValues } from '../../form/read-fields.ts'
import { element, type MarkupElement, type MarkupNode } from '../../parts/element.ts'
import { type FormState, renderErrorSummary } from '../../parts/form-parts.ts'
import { formText } from '../../words/visitor.ts'
import type { WidgetView } from '../define-element.ts'
import type { StepArrival, StepName } from './step-history.ts'

export type FormStep = {
  title: string
  /** The program and the school that the visitor asked for. */
  subject?: string | undefined
  intro: string
  submit: string
  fields: readonly FormField[]
  /** Initial values of the fields. */
  values: FormValues
  draw: (formState: FormState) => MarkupNode
  /** Called with the form's values. Further submits are ignored until it resolves. */
  send: (values: FormValues) => Promise<void>
  /** Called with the form's values when the visitor goes back. */
  back?: (values: FormValues) => void
  /** Called with the form's values when one of them has changed. */
  change?: (values: FormValues, find: WidgetView['find']) => void
  /** Called at each keystroke with the field, and at each click on a button of the step. */
  input?: (field: HTMLInputElement) => void
  click?: (button: HTMLButtonElement, values: FormValues, find: WidgetView['find']) => void
  /** Called with the form's values at each keystroke. */
  remember?: (values: FormValues) => void
}
type FormErrors = { faults?: readonly FieldFault[]; messages?: readonly string[] }
type StepControls = {
  /** Shows errors at the fields and in a summary, and moves the focus to the summary. */
  fail: (errors: FormErrors) => void
  showStatus: (status: string) => void
  showSubject: (subject: string) => void
}

export type ShownStep = StepControls & { name: StepName | 'no-match' }

/** Draws one step of the form. Its heading takes the focus if the visitor comes from another step. */
export function showStep(view: WidgetView, step: FormStep, arrival: StepArrival): StepControls {
  let sending = false
  let { values } = step
  draw({})
  if (arrival !== 'first') view.find('h2')?.focus()
  return {
    fail(errors) {
      draw(errors)
      view.find('.summary')?.focus()
    },
    showStatus,
    showSubject(subject) {
      const subjectElement = view.find('.subject')
      if (subjectElement) subjectElement.textContent = subject
    },
  }

  function draw({ faults = [], messages = [] }: FormErrors): void {
    view.show(renderForm(step, { values, faults }, messages))
    const form = view.find('form')
    if (!(form instanceof HTMLFormElement)) return
    const readValues = () => collectFormValues(new FormData(form))
    const onSubmit = (event: Event) => {
      event.preventDefault()
      if (!sending) void submit(readValues())
    }
    form.addEventListener('submit', onSubmit)
    // A sandboxed frame without `allow-forms` has no submit event.
    view.find('.button')?.addEventListener('click', onSubmit)
    form.addEventListener('change', () => step.change?.(readValues(), view.find))
    form.addEventListener('input', (event) => {
      const { target } = event
      // A change of the value would end the composition of an input method, which then types its text again.
      if (target instanceof HTMLInputElement && !isComposing(event)) step.input?.(target)
      step.remember?.(readValues())
    })
    form.addEventListener('click', ({ target, detail }) => {
      // The second click of a double click may meet another button in the place of the first.
      if (target instanceof HTMLButtonElement && target.type === 'button' && !sending && detail < 2)
        step.click?.(target, readValues(), view.find)
    })
    view.find('.plain')?.addEventListener('click', () => sending || step.back?.(readValues()))
    view.find('.summary')?.addEventListener('click', followLink)
  }

  async function submit(newValues: FormValues): Promise<void> {
    sending = true
    values = newValues
    view.find('.button')?.setAttribute('aria-disabled', 'true')
    showStatus(formText.sending)
    // What is shown is what is sent: a name or a school that is changed now would come too late.
    const fields = view.find('.fields')
    fields?.toggleAttribute('inert', true)
    await step.send(values).finally(() => {
      sending = false
      fields?.toggleAttribute('inert', false)
    })
  }

  function showStatus(status: string): void {
    const statusElement = view.find('[role=status]')
    if (statusElement) statusElement.textContent = status
  }

  // Fragment links do not work inside a shadow tree.
  function followLink(event: Event): void {
    const href = event.target instanceof HTMLAnchorElement ? event.target.getAttribute('href') : undefined
    if (!href) return
    event.preventDefault()
    view.find(href)?.focus()
  }
}

function isComposing(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing
}

function renderForm(
  { title, subject, intro, fields, submit, draw, back }: FormStep,
  formState: FormState,
  messages: readonly string[],
): MarkupElement {
  return element(
    'form',
    { novalidate: true, part: 'form', 'aria-labelledby': 'form-title' },
    element('h2', { id: 'form-title', tabindex: -1, part: 'title' }, title),
    element('p', { class: 'subject', part: 'subject' }, subject ?? ''),
    element('p', {}, intro),
    renderErrorSummary(fields, formState.faults, messages),
    element('div', { class: 'fields' }, draw(formState)),
    element(
      'div',
      { class: 'actions' },
      element('button', { class: 'button', part: 'button' }, submit),
      back && element('button', { class: 'plain', type: 'button', part: 'back' }, formText.changeAnswers),
      element('span', { role: 'status' }),
    ),
  )
}
