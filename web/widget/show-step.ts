import type { Fault, Field } from '../form/field.ts'
import { type Values, valuesOf } from '../form/read-fields.ts'
import { type Element, element, type Part } from '../parts/element.ts'
import { errorSummary, type Filled } from '../parts/form-parts.ts'
import type { View } from './define-element.ts'

export type Step = {
  title: string
  intro: string
  submit: string
  fields: readonly Field[]
  /** What its fields hold at first. */
  values: Values
  draw: (filled: Filled) => Part
  /** Called with what was filled in; the step takes no further one until this is done. */
  send: (values: Values) => Promise<void>
  back?: () => void
}
type Trouble = { faults?: readonly Fault[]; messages?: readonly string[] }
export type Shown = {
  /** Says what is wrong, beside each field and above all, and goes there. */
  fail: (trouble: Trouble) => void
  say: (status: string) => void
}

/** Draws one step of the form. Its heading takes the focus where the visitor comes from another step. */
export function showStep(view: View, step: Step, arrival: 'first' | 'next'): Shown {
  let sending = false
  let { values } = step
  draw({})
  if (arrival === 'next') view.find('h2')?.focus()
  return {
    fail(trouble) {
      draw(trouble)
      view.find('.summary')?.focus()
    },
    say,
  }

  function draw({ faults = [], messages = [] }: Trouble): void {
    view.show(formOf(step, { values, faults }, messages))
    const form = view.find('form')
    form?.addEventListener('submit', (event) => {
      event.preventDefault()
      if (!sending && form instanceof HTMLFormElement) void submit(form)
    })
    view.find('.plain')?.addEventListener('click', () => sending || step.back?.())
    view.find('.summary')?.addEventListener('click', followLink)
  }

  async function submit(form: HTMLFormElement): Promise<void> {
    sending = true
    values = valuesOf(new FormData(form))
    view.find('.button')?.setAttribute('aria-disabled', 'true')
    say('One moment …')
    await step.send(values).finally(() => {
      sending = false
    })
  }

  function say(status: string): void {
    const line = view.find('[role=status]')
    if (line) line.textContent = status
  }

  // Links by fragment do not reach into a shadow tree.
  function followLink(event: Event): void {
    const href = event.target instanceof HTMLAnchorElement ? event.target.getAttribute('href') : undefined
    if (!href) return
    event.preventDefault()
    view.find(href)?.focus()
  }
}

function formOf(
  { title, intro, fields, submit, draw, back }: Step,
  filled: Filled,
  messages: readonly string[],
): Element {
  return element(
    'form',
    { novalidate: true, part: 'form', 'aria-labelledby': 'form-title' },
    element('h2', { id: 'form-title', tabindex: -1, part: 'title' }, title),
    element('p', {}, intro),
    errorSummary(fields, filled.faults, messages),
    element('div', { class: 'fields' }, draw(filled)),
    element(
      'div',
      { class: 'actions' },
      element('button', { class: 'button', part: 'button' }, submit),
      back && element('button', { class: 'plain', type: 'button', part: 'back' }, 'Change my answers'),
      element('span', { role: 'status' }),
    ),
  )
}
