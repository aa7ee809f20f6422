import { useRef, useState } from 'preact/hooks'
import { addLedgerEntry } from '#shared/contract/reporting/ledger.ts'
import type { AccountKind } from '#shared/domain/reporting/ledger/account.ts'
import { captureProblem, useApi } from '../../../app/browser-client.tsx'
import { ConfirmDialog } from '../../../app/components/confirm-dialog.tsx'
import { Field, Select } from '../../../app/components/field.tsx'
import { Note, ProblemNote } from '../../../app/components/note.tsx'
import { formatMoney } from '../../../app/format.ts'
import { useFocusFirstFault } from '../../../app/hooks/use-focus-first-fault.ts'
import { Allowed } from '../../../app/people/allowed.tsx'
import type { ApiProblem } from '../../../app/text/problem-text.ts'
import { accountText } from '../../text/account-text.ts'

type Props = { params: { accountKind: AccountKind; accountId: string }; name: string; onDone: () => void }
type Draft = { kind: 'payment' | 'adjustment'; amountCents: number; reason: string; key: string }
type Faults = { amount?: string; reason?: string }

const { form: text } = accountText

/** Records a payment or an adjustment, after a confirmation that names the school or source and the amount. */
export function EntryForm({ params, name, onDone }: Props) {
  const { call } = useApi()
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<ApiProblem>()
  const [draft, setDraft] = useState<Draft>()
  const [recorded, setRecorded] = useState('')
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)

  const ask = (form: HTMLFormElement) => {
    const fields = new FormData(form)
    const kind = fields.get('kind') === 'adjustment' ? 'adjustment' : 'payment'
    const reason = String(fields.get('reason') ?? '').trim()
    const amountCents = parseCents(String(fields.get('amount') ?? ''))
    const isAmountValid = amountCents !== undefined && amountCents !== 0 && (kind === 'adjustment' || amountCents > 0)
    const newFaults: Faults = {
      ...(!isAmountValid && { amount: text.amountFault[kind] }),
      ...(kind === 'adjustment' && reason === '' && { reason: text.reasonFault }),
    }
    setFaults(newFaults)
    setRecorded('')
    // One key for each confirmation: a request that is repeated after a lost response counts once.
    if (Object.keys(newFaults).length === 0 && amountCents !== undefined)
      setDraft({ kind, amountCents, reason, key: crypto.randomUUID() })
  }
  const record = async ({ key, ...entry }: Draft) => {
    const { kind, amountCents, reason } = entry
    const body =
      kind === 'adjustment' ? { kind, amountCents, reason } : { kind, amountCents, ...(reason !== '' && { reason }) }
    const response = await captureProblem(() =>
      call(addLedgerEntry, { params, headers: { 'idempotency-key': key }, body }),
    )
    setProblem(response.problem)
    if (!response.body) return
    setRecorded(text.recorded(formatMoney(amountCents), name))
    formRef.current?.reset()
    onDone()
  }

  return (
    <section class="card" aria-labelledby="new-entry">
      <h2 id="new-entry">{text.title}</h2>
      <Allowed to={addLedgerEntry}>
        <form
          ref={formRef}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLFormElement) ask(event.currentTarget)
          }}
        >
          <Select label={text.kind} name="kind" choices={text.kinds} />
          <Field
            label={text.amount}
            name="amount"
            inputMode="decimal"
            autocomplete="off"
            help={text.amountHelp}
            fault={faults.amount}
          />
          <Field
            label={text.reason}
            name="reason"
            maxLength={300}
            autocomplete="off"
            help={text.reasonHelp}
            fault={faults.reason}
          />
          <div class="actions">
            <button type="submit" class="button">
              {text.submit}
            </button>
          </div>
          {problem && <ProblemNote problem={problem} />}
          {recorded !== '' && <Note kind="good">{recorded}</Note>}
        </form>
      </Allowed>
      <ConfirmDialog
        {...text.confirmation[draft?.kind ?? 'payment'](formatMoney(draft?.amountCents ?? 0), name)}
        isOpen={draft !== undefined}
        onConfirm={() => draft && void record(draft)}
        onClose={() => setDraft(undefined)}
      />
    </section>
  )
}

/** Dollars as people type them; undefined if that is no amount. */
function parseCents(input: string): number | undefined {
  const [, sign, dollars = '', cents = ''] =
    /^(-?)\$?(\d{1,8})(?:\.(\d{2}))?$/.exec(input.replaceAll(/[,\s]/g, '')) ?? []
  return sign === undefined ? undefined : Number(`${sign}${dollars}${cents.padEnd(2, '0')}`)
}
