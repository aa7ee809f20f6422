import { useRef, useState } from 'preact/hooks'
import { requestReturn } from '#shared/contract/aftercare/returns.ts'
import type { Problem } from '#shared/contract/problems.ts'
import {
  type ReturnTerms,
  reasonsWithNote,
  returnInput,
  returnReason,
  returnReasons,
} from '#shared/domain/aftercare/lead-return.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { Select, TextArea } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { returnWords } from '../../app/components/returns.tsx'
import { money } from '../../app/components/words.tsx'
import { useFirstFault } from '../../app/hooks/use-first-fault.ts'
import type { Log } from '../capture/lead.tsx'

type Props = { log: Log; terms: ReturnTerms; done: () => void }
type Faults = { [field: string]: string }

/** Asks for credit for a lead: the same again, after an answer that was lost, is asked once. */
export function ReturnForm({ log: { deliveryId, priceCents, state }, terms, done }: Props) {
  const { call } = useApi()
  const [isOpen, setOpen] = useState(false)
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<Partial<Problem>>()
  const [isSending, setSending] = useState(false)
  const place = useRef<HTMLFormElement>(null)
  useFirstFault(place, faults)
  const mayNote = state !== 'erased'

  const send = async (form: HTMLFormElement) => {
    setProblem(undefined)
    const asked = returnInput.safeParse(filledIn(form))
    const missing = asked.success ? missingIn(asked.data, mayNote) : faultsIn(asked.error.issues)
    setFaults(missing)
    if (!asked.success || Object.keys(missing).length > 0) return
    setSending(true)
    const told = await outcomeOf(() => call(requestReturn, { params: { deliveryId }, body: asked.data }))
    setSending(false)
    setProblem(told.problem)
    if (told.body) done()
  }

  if (!isOpen)
    return (
      <button type="button" class="button second" onClick={() => setOpen(true)}>
        Ask for credit …
      </button>
    )
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
      <Select label="Why" name="reason" choices={choicesOf(terms)} fault={faults.reason} autoFocus />
      {mayNote && (
        <TextArea
          label="What you found"
          name="note"
          rows={2}
          maxLength={500}
          help={`For whoever judges it. ${neediest} need it; with others it helps.`}
          fault={faults.note}
        />
      )}
      <p>
        If it is accepted, you are credited <strong>{money(priceCents)}</strong>, and your caps get the place back.
      </p>
      <div class="actions">
        <button type="submit" class="button" aria-disabled={isSending}>
          Ask for credit
        </button>
        <button type="button" class="plain" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
      {problem && (
        <Note kind="bad">
          <strong>{problem.title}.</strong> {problem.errors?.map(({ detail }) => detail).join('; ') ?? problem.detail}
        </Note>
      )}
    </form>
  )
}

const neediest = reasonsWithNote.map((reason) => `“${returnWords[reason]}”`).join(' and ')

function choicesOf({ reasons = returnReason.options }: ReturnTerms) {
  const choices = reasons.map((value) => ({ value, label: `${returnWords[value]}: ${returnReasons[value]}` }))
  return [{ value: '', label: 'Choose …' }, ...choices]
}

function missingIn({ reason, note }: { reason: string; note?: string | undefined }, mayNote: boolean): Faults {
  const needsNote = mayNote && note === undefined && reasonsWithNote.some((needy) => needy === reason)
  return needsNote ? { note: 'Say what you found: without it nobody can judge this reason.' } : {}
}

function faultsIn(issues: readonly { path: PropertyKey[] }[]): Faults {
  return Object.fromEntries(issues.map(({ path: [field] }) => [String(field), mends[String(field)] ?? '']))
}

const mends: Faults = { reason: 'Choose why.', note: 'At most 500 characters, in one line.' }

function filledIn(form: HTMLFormElement) {
  const filled = new FormData(form)
  const note = String(filled.get('note') ?? '')
    .trim()
    .replaceAll(/\s+/g, ' ')
  return { reason: filled.get('reason'), ...(note !== '' && { note }) }
}
