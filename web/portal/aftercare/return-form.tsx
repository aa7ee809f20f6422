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
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Select, TextArea } from '../../app/components/field.tsx'
import { formatMoney } from '../../app/components/format.tsx'
import { Note } from '../../app/components/note.tsx'
import { returnReasonLabels } from '../../app/components/return-summary.tsx'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import type { DeliveryLog } from '../capture/lead.tsx'

type Props = { log: DeliveryLog; terms: ReturnTerms; onDone: () => void }
type Faults = { [field: string]: string }

/** Asks for credit for a lead: the same again, after an answer that was lost, is asked once. */
export function ReturnForm({ log: { deliveryId, priceCents, state }, terms, onDone }: Props) {
  const { call } = useApi()
  const [isOpen, setOpen] = useState(false)
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<Partial<Problem>>()
  const [isSending, setSending] = useState(false)
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)
  const canAddNote = state !== 'erased'

  const send = async (form: HTMLFormElement) => {
    setProblem(undefined)
    const parsed = returnInput.safeParse(readForm(form))
    const newFaults = parsed.success ? findMissingNote(parsed.data, canAddNote) : toFaults(parsed.error.issues)
    setFaults(newFaults)
    if (!parsed.success || Object.keys(newFaults).length > 0) return
    setSending(true)
    const response = await captureProblem(() => call(requestReturn, { params: { deliveryId }, body: parsed.data }))
    setSending(false)
    setProblem(response.problem)
    if (response.body) onDone()
  }

  if (!isOpen)
    return (
      <button type="button" class="button second" onClick={() => setOpen(true)}>
        Ask for credit …
      </button>
    )
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
      <Select label="Why" name="reason" choices={toReasonChoices(terms)} fault={faults.reason} autoFocus />
      {canAddNote && (
        <TextArea
          label="What you found"
          name="note"
          rows={2}
          maxLength={500}
          help={`For whoever judges it. ${reasonsNeedingNote} need it; with others it helps.`}
          fault={faults.note}
        />
      )}
      <p>
        If it is accepted, you are credited <strong>{formatMoney(priceCents)}</strong>, and your caps get the place
        back.
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

const reasonsNeedingNote = reasonsWithNote.map((reason) => `“${returnReasonLabels[reason]}”`).join(' and ')

function toReasonChoices({ reasons = returnReason.options }: ReturnTerms) {
  const choices = reasons.map((value) => ({ value, label: `${returnReasonLabels[value]}: ${returnReasons[value]}` }))
  return [{ value: '', label: 'Choose …' }, ...choices]
}

function findMissingNote({ reason, note }: { reason: string; note?: string | undefined }, canAddNote: boolean): Faults {
  const isNoteMissing =
    canAddNote && note === undefined && reasonsWithNote.some((requiredReason) => requiredReason === reason)
  return isNoteMissing ? { note: 'Say what you found: without it nobody can judge this reason.' } : {}
}

function toFaults(issues: readonly { path: PropertyKey[] }[]): Faults {
  return Object.fromEntries(issues.map(({ path: [field] }) => [String(field), fixes[String(field)] ?? '']))
}

const fixes: Faults = { reason: 'Choose why.', note: 'At most 500 characters, in one line.' }

function readForm(form: HTMLFormElement) {
  const formData = new FormData(form)
  const note = String(formData.get('note') ?? '')
    .trim()
    .replaceAll(/\s+/g, ' ')
  return { reason: formData.get('reason'), ...(note !== '' && { note }) }
}
