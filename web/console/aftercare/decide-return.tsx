import { useRef, useState } from 'preact/hooks'
import { acceptReturn, refuseReturn } from '#shared/contract/aftercare/returns.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { ConfirmDialog } from '../../app/components/confirm-dialog.tsx'
import { Field } from '../../app/components/field.tsx'
import { ProblemNote } from '../../app/components/note.tsx'
import { formatMoney } from '../../app/format.ts'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { returnsText } from '../text/aftercare-text.ts'

type Props = {
  leadReturn: Pick<LeadReturn, 'deliveryId' | 'creditCents'>
  schoolName: string
  onDone: (decided: LeadReturn) => void
}
type Decision = 'accept' | 'refuse'
type Faults = { answer?: string }

/** Approves or denies a credit request after a confirmation that names the school and the amount. Denying requires a message. */
export function DecideReturn({ leadReturn: { deliveryId, creditCents }, schoolName, onDone }: Props) {
  const { call } = useApi()
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<ApiProblem>()
  const [isSending, setSending] = useState(false)
  const [proposal, setProposal] = useState<{ decision: Decision; answer: string }>()
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)
  const params = { deliveryId }

  const ask = (form: HTMLFormElement, decision: Decision) => {
    const answer = String(new FormData(form).get('answer') ?? '').trim()
    const isAnswerMissing = decision === 'refuse' && answer === ''
    setFaults(isAnswerMissing ? { answer: returnsText.messageRequired } : {})
    if (!isAnswerMissing) setProposal({ decision, answer })
  }
  const decide = async ({ decision, answer }: { decision: Decision; answer: string }) => {
    setSending(true)
    const response = await captureProblem(() =>
      decision === 'refuse'
        ? call(refuseReturn, { params, body: { answer } })
        : call(acceptReturn, { params, body: answer === '' ? {} : { answer } }),
    )
    setSending(false)
    setProblem(response.problem)
    if (response.body) onDone(response.body)
  }
  const credit = formatMoney(creditCents)

  return (
    <>
      <Allowed to={acceptReturn}>
        <form
          ref={formRef}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const decision = event.submitter?.getAttribute('value') === 'refuse' ? 'refuse' : 'accept'
            if (!isSending && event.currentTarget instanceof HTMLFormElement) ask(event.currentTarget, decision)
          }}
        >
          <Field
            label={returnsText.message}
            name="answer"
            maxLength={300}
            autocomplete="off"
            help={returnsText.messageHelp}
            fault={faults.answer}
          />
          <div class="actions">
            <button type="submit" value="accept" class="button" aria-disabled={isSending}>
              {returnsText.approve(credit)}
            </button>
            <button type="submit" value="refuse" class="button danger" aria-disabled={isSending}>
              {returnsText.deny}
            </button>
          </div>
          {problem && <ProblemNote problem={problem} />}
        </form>
      </Allowed>
      <ConfirmDialog
        {...returnsText.confirmations[proposal?.decision ?? 'accept'](schoolName, credit)}
        isOpen={proposal !== undefined}
        kind={proposal?.decision === 'refuse' ? 'danger' : undefined}
        onConfirm={() => proposal && void decide(proposal)}
        onClose={() => setProposal(undefined)}
      />
    </>
  )
}
