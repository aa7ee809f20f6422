import { useRef, useState } from 'preact/hooks'
import { acceptReturn, refuseReturn } from '#shared/contract/aftercare/returns.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { ProblemNote } from '../../app/components/note.tsx'
import { formatMoney } from '../../app/format.ts'
import { useFocusFirstFault } from '../../app/hooks/use-focus-first-fault.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { returnsText } from '../text/aftercare-text.ts'

type Props = { leadReturn: Pick<LeadReturn, 'deliveryId' | 'creditCents'>; onDone: () => void }
type Faults = { answer?: string }

/** Approves or denies a credit request. Denying requires a message. */
export function DecideReturn({ leadReturn: { deliveryId, creditCents }, onDone }: Props) {
  const { call } = useApi()
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<ApiProblem>()
  const [isSending, setSending] = useState(false)
  const formRef = useRef<HTMLFormElement>(null)
  useFocusFirstFault(formRef, faults)
  const params = { deliveryId }

  const decide = async (form: HTMLFormElement, decision: string | undefined) => {
    const answer = String(new FormData(form).get('answer') ?? '').trim()
    const isAnswerMissing = decision === 'refuse' && answer === ''
    setFaults(isAnswerMissing ? { answer: returnsText.messageRequired } : {})
    if (isAnswerMissing) return
    setSending(true)
    const response = await captureProblem(() =>
      decision === 'refuse'
        ? call(refuseReturn, { params, body: { answer } })
        : call(acceptReturn, { params, body: answer === '' ? {} : { answer } }),
    )
    setSending(false)
    setProblem(response.problem)
    if (response.body) onDone()
  }

  return (
    <form
      ref={formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const decision = event.submitter?.getAttribute('value') ?? undefined
        if (!isSending && event.currentTarget instanceof HTMLFormElement) void decide(event.currentTarget, decision)
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
          {returnsText.approve(formatMoney(creditCents))}
        </button>
        <button type="submit" value="refuse" class="button danger" aria-disabled={isSending}>
          {returnsText.deny}
        </button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </form>
  )
}
