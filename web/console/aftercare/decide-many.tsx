import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { decideReturns } from '#shared/contract/aftercare/returns.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { ConfirmDialog } from '../../app/components/confirm-dialog.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note, ProblemNote } from '../../app/components/note.tsx'
import { formatMoney, formatNumber } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { bulkReturnsText } from '../text/aftercare-text.ts'

export type DecisionResult = z.output<(typeof decideReturns.responses)[200]['body']>['results'][number]
type Decision = 'accept' | 'refuse'
type Props = { selected: readonly LeadReturn[]; onDone: (results: readonly DecisionResult[]) => void }

const maxReturns = 100

/** Approves or denies all selected credit requests with one message, after a confirmation that says how many and how much. */
export function DecideMany({ selected, onDone }: Props) {
  const { call } = useApi()
  const [answer, setAnswer] = useState('')
  const [fault, setFault] = useState<string>()
  const [proposal, setProposal] = useState<Decision>()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [done, setDone] = useState<{ decided: number; refused: number }>()
  const text = answer.trim()
  const ask = (decision: Decision) => {
    const isMissing = decision === 'refuse' && text === ''
    setFault(isMissing ? bulkReturnsText.messageRequired : undefined)
    if (!isMissing && selected.length > 0 && !isSending) setProposal(decision)
  }
  const decide = async (decision: Decision) => {
    setSending(true)
    const deliveryIds = selected.slice(0, maxReturns).map(({ deliveryId }) => deliveryId)
    const body = { decision, deliveryIds, ...(text !== '' && { answer: text }) }
    const response = await captureProblem(() => call(decideReturns, { body }))
    setSending(false)
    setProblem(response.problem)
    if (!response.body) return
    const { results } = response.body
    const decided = results.filter(({ result }) => result === 'decided').length
    setDone({ decided, refused: results.length - decided })
    onDone(results)
  }
  const count = formatNumber(Math.min(selected.length, maxReturns))
  const credit = formatMoney(selected.slice(0, maxReturns).reduce((sum, { creditCents }) => sum + creditCents, 0))
  if (selected.length === 0 && !done && !problem) return null
  return (
    <section class="card" aria-label={bulkReturnsText.title}>
      <h2>{bulkReturnsText.title}</h2>
      {selected.length > 0 && (
        <>
          <p role="status">{bulkReturnsText.selected(count, credit)}</p>
          <Allowed to={decideReturns}>
            <Field
              label={bulkReturnsText.message}
              help={bulkReturnsText.messageHelp}
              fault={fault}
              value={answer}
              maxLength={300}
              autocomplete="off"
              onInput={(event) => setAnswer(event.currentTarget.value)}
            />
            <div class="actions">
              <button type="button" class="button" aria-disabled={isSending} onClick={() => ask('accept')}>
                {bulkReturnsText.approve}
              </button>
              <button type="button" class="button danger" aria-disabled={isSending} onClick={() => ask('refuse')}>
                {bulkReturnsText.deny}
              </button>
            </div>
          </Allowed>
        </>
      )}
      {problem && <ProblemNote problem={problem} />}
      {done && (
        <Note kind={done.refused > 0 ? 'bad' : 'good'}>
          {bulkReturnsText.done(formatNumber(done.decided), formatNumber(done.refused))}
        </Note>
      )}
      <ConfirmDialog
        {...bulkReturnsText.confirmations[proposal ?? 'accept'](count, credit)}
        isOpen={proposal !== undefined}
        kind={proposal === 'refuse' ? 'danger' : undefined}
        onConfirm={() => proposal && void decide(proposal)}
        onClose={() => setProposal(undefined)}
      />
    </section>
  )
}
