import { useRef, useState } from 'preact/hooks'
import { requestReturn } from '#shared/contract/aftercare/returns.ts'
import { type ReturnTerms, reasonsWithNote, returnInput, returnReason } from '#shared/domain/aftercare/lead-return.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field, Select, TextArea } from '../../app/components/field.tsx'
import { ProblemNote } from '../../app/components/note.tsx'
import { formatMoney } from '../../app/format.ts'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import { appText } from '../../app/text/app-text.ts'
import { returnReasonLabels } from '../../app/text/lead-labels.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import type { DeliveryLog } from '../capture/delivery-log.ts'
import { returnsText } from '../text/leads.ts'

type Props = { log: DeliveryLog; terms: ReturnTerms; onDone: () => void }
type Faults = { [field: string]: string }

/** Requests credit for a lead. Submitting again after a lost response makes no second request. */
export function ReturnForm({ log: { deliveryId, priceCents, state }, terms, onDone }: Props) {
  const { call } = useApi()
  const [isOpen, setOpen] = useState(false)
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<ApiProblem>()
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
        {returnsText.request}
      </button>
    )
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
      <Select
        label={returnsText.reason}
        name="reason"
        choices={toReasonChoices(terms)}
        fault={faults.reason}
        autoFocus
      />
      {canAddNote && (
        <TextArea
          label={returnsText.details}
          name="note"
          rows={2}
          maxLength={500}
          help={returnsText.detailsHelp(reasonsNeedingNote)}
          fault={faults.note}
        />
      )}
      {canAddNote && (
        <Field
          label={returnsText.evidence}
          name="evidenceUrl"
          type="url"
          maxLength={2048}
          autocomplete="off"
          help={returnsText.evidenceHelp}
          fault={faults.evidenceUrl}
        />
      )}
      <p>
        {returnsText.creditBefore}
        <strong>{formatMoney(priceCents)}</strong>
        {returnsText.creditAfter}
      </p>
      <div class="actions">
        <button type="submit" class="button" aria-disabled={isSending}>
          {returnsText.submit}
        </button>
        <button type="button" class="plain" onClick={() => setOpen(false)}>
          {appText.cancel}
        </button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </form>
  )
}

const reasonsNeedingNote = reasonsWithNote
  .map((reason) => appText.quote(returnReasonLabels[reason].label))
  .join(' and ')

function toReasonChoices({ reasons = returnReason.options }: ReturnTerms) {
  const choices = reasons.map((value) => {
    const { label, meaning } = returnReasonLabels[value]
    return { value, label: `${label}: ${meaning}` }
  })
  return [{ value: '', label: appText.select }, ...choices]
}

function findMissingNote({ reason, note }: { reason: string; note?: string | undefined }, canAddNote: boolean): Faults {
  const isNoteMissing =
    canAddNote && note === undefined && reasonsWithNote.some((requiredReason) => requiredReason === reason)
  return isNoteMissing ? { note: returnsText.faults.noteRequired } : {}
}

function toFaults(issues: readonly { path: PropertyKey[] }[]): Faults {
  return Object.fromEntries(issues.map(({ path: [field] }) => [String(field), fieldFaults[String(field)] ?? '']))
}

const { reason, note, evidenceUrl } = returnsText.faults
const fieldFaults: Faults = { reason, note, evidenceUrl }

function readForm(form: HTMLFormElement) {
  const formData = new FormData(form)
  const note = String(formData.get('note') ?? '')
    .trim()
    .replaceAll(/\s+/g, ' ')
  const evidenceUrl = String(formData.get('evidenceUrl') ?? '').trim()
  return { reason: formData.get('reason'), ...(note !== '' && { note }), ...(evidenceUrl !== '' && { evidenceUrl }) }
}
