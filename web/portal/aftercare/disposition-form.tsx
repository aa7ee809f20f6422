import { useRef, useState } from 'preact/hooks'
import { recordDisposition } from '#shared/contract/aftercare/dispositions.ts'
import type { Problem } from '#shared/contract/problems.ts'
import { dispositionInput, dispositions } from '#shared/domain/aftercare/disposition.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { dispositionLabels } from '../../app/components/dispositions.tsx'
import { Field, Select, TextArea } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'

type Props = { deliveryId: string; createdAt: string; onDone: () => void }
type Faults = { [pointer: string]: string }
type FormMessage = { kind: 'good' | 'bad'; text: string }

/** Tells one more thing of a lead: once, however often it is pressed. */
export function DispositionForm({ deliveryId, createdAt, onDone }: Props) {
  const { call } = useApi()
  // What is told under one key is recorded once; what is told after that is something else.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [faults, setFaults] = useState<Faults>({})
  const [message, setMessage] = useState<FormMessage>()
  const [isSending, setSending] = useState(false)
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)

  const send = async (form: HTMLFormElement) => {
    setMessage(undefined)
    const parsed = dispositionInput.safeParse(readForm(form))
    if (!parsed.success) {
      const missing = parsed.error.issues.map(({ path }) => [`/${path.join('/')}`, fixes[path.join('/')] ?? ''])
      setFaults(Object.fromEntries(missing))
      return
    }
    setSending(true)
    const { body, problem } = await captureProblem(() =>
      call(recordDisposition, { params: { deliveryId }, headers: { 'idempotency-key': key }, body: parsed.data }),
    )
    setSending(false)
    setFaults(problem ? toFaults(problem) : {})
    if (problem && Object.keys(toFaults(problem)).length === 0)
      setMessage({ kind: 'bad', text: formatProblem(problem) })
    if (!body && formatProblem(problem) !== changedMeanwhile) return
    setKey(crypto.randomUUID())
    onDone()
    if (!body) return
    form.reset()
    setMessage({ kind: 'good', text: `Recorded: ${dispositionLabels[body.disposition]}. Thank you.` })
  }

  return (
    <form
      ref={formRef}
      class="tell"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSending && event.currentTarget instanceof HTMLFormElement) void send(event.currentTarget)
      }}
    >
      <Select label="What happened" name="disposition" choices={choices} fault={faults['/disposition']} />
      <div class="pair">
        <Field
          label="When (optional)"
          name="at"
          type="datetime-local"
          min={toLocalInput(createdAt)}
          help="Left empty: now."
          fault={faults['/at']}
        />
        <TextArea
          label="Note (optional)"
          name="note"
          rows={2}
          maxLength={500}
          help="For your people and whoever sends you leads."
          fault={faults['/note']}
        />
      </div>
      <div class="actions">
        <button type="submit" class="button" aria-disabled={isSending}>
          Tell it
        </button>
        <span class="help">What was told stands; tell more as it happens.</span>
      </div>
      {message && <Note kind={message.kind}>{message.text}</Note>}
    </form>
  )
}

const choices = [
  { value: '', label: 'Choose …' },
  ...Object.entries(dispositionLabels).map(([value, label]) => ({ value, label: `${label}: ${getMeaning(value)}` })),
]

const fixes: Faults = {
  disposition: 'Choose what became of it.',
  at: 'Give day and time.',
  note: 'At most 500 characters, in one line.',
}
const changedMeanwhile =
  'What you told first was recorded already: see above. Press “Tell it” again to tell this as well.'

function getMeaning(value: string): string {
  return Object.entries(dispositions).find(([word]) => word === value)?.[1] ?? ''
}

function readForm(form: HTMLFormElement) {
  const formData = new FormData(form)
  const getText = (name: string) => String(formData.get(name) ?? '').trim()
  const at = Date.parse(getText('at'))
  return {
    disposition: getText('disposition'),
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    ...(getText('note') !== '' && { note: getText('note').replaceAll(/\s+/g, ' ') }),
  }
}

function toFaults({ errors = [] }: Partial<Problem>): Faults {
  return Object.fromEntries(errors.map(({ pointer, code, detail }) => [pointer, timeFaults[code] ?? `It ${detail}.`]))
}

const timeFaults: Faults = {
  future: 'That lies ahead. Give a time that has passed, or leave it empty.',
  too_early: 'That is before the lead came.',
}

function formatProblem(problem: Partial<Problem> | undefined): string {
  if (problem?.code === 'IDEMPOTENCY_KEY_REUSED') return changedMeanwhile
  return `${problem?.title}. ${problem?.detail ?? ''}`
}

/** As an input of a local time wants it. */
function toLocalInput(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
