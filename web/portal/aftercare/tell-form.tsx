import { useRef, useState } from 'preact/hooks'
import { tellDisposition } from '#shared/contract/aftercare/dispositions.ts'
import type { Problem } from '#shared/contract/problems.ts'
import { dispositionInput, dispositions } from '#shared/domain/aftercare/disposition.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { dispositionWords } from '../../app/components/dispositions.tsx'
import { Field, Select, TextArea } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { useFirstFault } from '../../app/hooks/use-first-fault.ts'

type Props = { deliveryId: string; createdAt: string; done: () => void }
type Faults = { [pointer: string]: string }
type Told = { kind: 'good' | 'bad'; text: string }

/** Tells one more thing of a lead: once, however often it is pressed. */
export function TellForm({ deliveryId, createdAt, done }: Props) {
  const { call } = useApi()
  // What is told under one key is recorded once; what is told after that is something else.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [faults, setFaults] = useState<Faults>({})
  const [told, setTold] = useState<Told>()
  const [isSending, setSending] = useState(false)
  const place = useRef<HTMLFormElement>(null)
  useFirstFault(place, faults)

  const send = async (form: HTMLFormElement) => {
    setTold(undefined)
    const asked = dispositionInput.safeParse(filledIn(form))
    if (!asked.success) {
      const missing = asked.error.issues.map(({ path }) => [`/${path.join('/')}`, mends[path.join('/')] ?? ''])
      setFaults(Object.fromEntries(missing))
      return
    }
    setSending(true)
    const { body, problem } = await outcomeOf(() =>
      call(tellDisposition, { params: { deliveryId }, headers: { 'idempotency-key': key }, body: asked.data }),
    )
    setSending(false)
    setFaults(problem ? faultsOf(problem) : {})
    if (problem && Object.keys(faultsOf(problem)).length === 0) setTold({ kind: 'bad', text: textOf(problem) })
    if (!body && textOf(problem) !== changedMeanwhile) return
    setKey(crypto.randomUUID())
    done()
    if (!body) return
    form.reset()
    setTold({ kind: 'good', text: `Recorded: ${dispositionWords[body.disposition]}. Thank you.` })
  }

  return (
    <form
      ref={place}
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
          min={localOf(createdAt)}
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
      {told && <Note kind={told.kind}>{told.text}</Note>}
    </form>
  )
}

const choices = [
  { value: '', label: 'Choose …' },
  ...Object.entries(dispositionWords).map(([value, label]) => ({ value, label: `${label}: ${meaning(value)}` })),
]

const mends: Faults = {
  disposition: 'Choose what became of it.',
  at: 'Give day and time.',
  note: 'At most 500 characters, in one line.',
}
const changedMeanwhile =
  'What you told first was recorded already: see above. Press “Tell it” again to tell this as well.'

function meaning(value: string): string {
  return Object.entries(dispositions).find(([word]) => word === value)?.[1] ?? ''
}

function filledIn(form: HTMLFormElement) {
  const filled = new FormData(form)
  const given = (name: string) => String(filled.get(name) ?? '').trim()
  const at = Date.parse(given('at'))
  return {
    disposition: given('disposition'),
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    ...(given('note') !== '' && { note: given('note').replaceAll(/\s+/g, ' ') }),
  }
}

function faultsOf({ errors = [] }: Partial<Problem>): Faults {
  return Object.fromEntries(errors.map(({ pointer, code, detail }) => [pointer, timeFaults[code] ?? `It ${detail}.`]))
}

const timeFaults: Faults = {
  future: 'That lies ahead. Give a time that has passed, or leave it empty.',
  too_early: 'That is before the lead came.',
}

function textOf(problem: Partial<Problem> | undefined): string {
  if (problem?.code === 'IDEMPOTENCY_KEY_REUSED') return changedMeanwhile
  return `${problem?.title}. ${problem?.detail ?? ''}`
}

/** As an input of a local time wants it. */
function localOf(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
