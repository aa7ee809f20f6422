import { useRef, useState } from 'preact/hooks'
import { recordDisposition, undoDisposition } from '#shared/contract/aftercare/dispositions.ts'
import { dispositionInput } from '#shared/domain/aftercare/disposition.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field, Select, TextArea } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import { appText } from '../../app/text/app-text.ts'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import { type ApiProblem, describeProblem } from '../../app/text/problem-text.ts'
import { dispositionText } from '../text/leads.ts'
import { statusControlText } from '../text/statuses.ts'

type Props = { deliveryId: string; createdAt: string; onDone: () => void }
type Faults = { [pointer: string]: string }
type FormMessage = { kind: 'good' | 'bad'; text: string; undoId?: string }

/** Adds a status to a lead: once, however often the button is pressed. */
export function DispositionForm({ deliveryId, createdAt, onDone }: Props) {
  const { call } = useApi()
  // The API records one status per key, so a repeated press is harmless; each saved status gets a new key.
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID())
  const [faults, setFaults] = useState<Faults>({})
  const [message, setMessage] = useState<FormMessage>()
  const [isSending, setSending] = useState(false)
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)

  const send = async (form: HTMLFormElement) => {
    setMessage(undefined)
    const parsed = dispositionInput.safeParse(readForm(form))
    if (!parsed.success) {
      setFaults(Object.fromEntries(parsed.error.issues.map(({ path }) => [`/${path.join('/')}`, faultOf(path[0])])))
      return
    }
    setSending(true)
    const { body, problem } = await captureProblem(() =>
      call(recordDisposition, {
        params: { deliveryId },
        headers: { 'idempotency-key': idempotencyKey },
        body: parsed.data,
      }),
    )
    setSending(false)
    setFaults(problem ? toFaults(problem) : {})
    if (problem && Object.keys(toFaults(problem)).length === 0)
      setMessage({
        kind: 'bad',
        text: isAlreadySaved(problem) ? dispositionText.savedBefore : describeProblem(problem),
      })
    if (!body && !isAlreadySaved(problem)) return
    setIdempotencyKey(crypto.randomUUID())
    onDone()
    if (!body) return
    form.reset()
    const undoId = body.disposition === 'opted-out' ? {} : { undoId: body.dispositionId }
    setMessage({ kind: 'good', text: dispositionText.saved, ...undoId })
  }

  const undo = async (dispositionId: string) => {
    const { body, problem } = await captureProblem(() =>
      call(undoDisposition, { params: { deliveryId, dispositionId } }),
    )
    setMessage(
      body
        ? { kind: 'good', text: dispositionText.undone }
        : // It can be tried again.
          { kind: 'bad', text: describeProblem(problem ?? { code: 'FAULT' }), undoId: dispositionId },
    )
    if (body) onDone()
  }

  return (
    <form
      ref={formRef}
      class="form-section"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSending && event.currentTarget instanceof HTMLFormElement) void send(event.currentTarget)
      }}
    >
      <Select label={dispositionText.status} name="disposition" choices={choices} fault={faults['/disposition']} />
      <div class="pair">
        <Field
          label={appText.optional(dispositionText.date)}
          name="at"
          type="datetime-local"
          min={toLocalInput(createdAt)}
          help={dispositionText.dateHelp}
          fault={faults['/at']}
        />
        <TextArea
          label={appText.optional(dispositionText.note)}
          name="note"
          rows={2}
          maxLength={500}
          help={dispositionText.noteHelp}
          fault={faults['/note']}
        />
      </div>
      <div class="actions">
        <button type="submit" class="button" aria-disabled={isSending}>
          {dispositionText.save}
        </button>
        <span class="help">{dispositionText.saveHelp}</span>
      </div>
      {message && (
        <Note kind={message.kind}>
          {message.text}{' '}
          {message.undoId !== undefined && (
            <button type="button" class="plain" onClick={() => void undo(message.undoId ?? '')}>
              {statusControlText.undo}
            </button>
          )}
        </Note>
      )}
    </form>
  )
}

const choices = [
  { value: '', label: appText.select },
  ...Object.entries(dispositionLabels).map(([value, { label, meaning }]) => ({ value, label: `${label}: ${meaning}` })),
]

const { faults: faultText } = dispositionText

function faultOf(field: PropertyKey | undefined): string {
  return field === 'at' ? faultText.date : field === 'note' ? faultText.note : faultText.status
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

function toFaults({ errors = [] }: ApiProblem): Faults {
  return Object.fromEntries(errors.map(({ pointer, code }) => [pointer, dateFaults[code] ?? faultOf(pointer.slice(1))]))
}

const dateFaults: Faults = { future: faultText.future, too_early: faultText.tooEarly }

/** Whether an earlier press was saved, although its response was lost. */
function isAlreadySaved(problem: ApiProblem | undefined): boolean {
  return problem?.code === 'IDEMPOTENCY_KEY_REUSED'
}

/** Formats an instant for an input of type `datetime-local`. */
function toLocalInput(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
