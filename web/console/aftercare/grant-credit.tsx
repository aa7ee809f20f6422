import { useState } from 'preact/hooks'
import { grantCredit } from '#shared/contract/aftercare/returns.ts'
import { returnReason } from '#shared/domain/aftercare/lead-return.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { ConfirmDialog } from '../../app/components/confirm-dialog.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { ProblemNote } from '../../app/components/note.tsx'
import { formatMoney } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { returnReasonLabels } from '../../app/text/lead-labels.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { creditText } from '../text/aftercare-text.ts'

type Props = { delivery: { deliveryId: string; schoolName: string; priceCents: number }; onDone: () => void }

/** Gives a school credit for a lead that it did not ask to return, after a confirmation that names the school and the amount. */
export function GrantCredit({ delivery: { deliveryId, schoolName, priceCents }, onDone }: Props) {
  const { call } = useApi()
  const [reason, setReason] = useState('')
  const [answer, setAnswer] = useState('')
  const [evidenceUrl, setEvidenceUrl] = useState('')
  const [faults, setFaults] = useState<{ reason?: string; evidenceUrl?: string }>({})
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const grant = async () => {
    const parsedReason = returnReason.safeParse(reason).data
    if (!parsedReason) return
    const response = await captureProblem(() =>
      call(grantCredit, {
        params: { deliveryId },
        body: {
          reason: parsedReason,
          ...(answer.trim() !== '' && { answer: answer.trim() }),
          ...(evidenceUrl.trim() !== '' && { evidenceUrl: evidenceUrl.trim() }),
        },
      }),
    )
    setProblem(response.problem)
    if (response.body) onDone()
  }
  const ask = () => {
    const isAddress = evidenceUrl.trim() === '' || /^https?:\/\/\S+$/.test(evidenceUrl.trim())
    setFaults({
      ...(reason === '' && { reason: creditText.reasonRequired }),
      ...(!isAddress && { evidenceUrl: creditText.evidenceFault }),
    })
    if (reason !== '' && isAddress) setAsking(true)
  }
  return (
    <details>
      <summary>{creditText.title}</summary>
      <p class="help">{creditText.help}</p>
      <Allowed to={grantCredit}>
        <Select
          label={creditText.reason}
          choices={reasonChoices}
          value={reason}
          fault={faults.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Field
          label={creditText.message}
          help={creditText.messageHelp}
          value={answer}
          maxLength={300}
          autocomplete="off"
          onInput={(event) => setAnswer(event.currentTarget.value)}
        />
        <Field
          label={creditText.evidence}
          help={creditText.evidenceHelp}
          fault={faults.evidenceUrl}
          value={evidenceUrl}
          type="url"
          maxLength={2048}
          autocomplete="off"
          onInput={(event) => setEvidenceUrl(event.currentTarget.value)}
        />
        <button type="button" class="button second" onClick={ask}>
          {creditText.give(formatMoney(priceCents))}
        </button>
      </Allowed>
      {problem && <ProblemNote problem={problem} />}
      <ConfirmDialog
        {...creditText.confirmation(schoolName, formatMoney(priceCents))}
        isOpen={isAsking}
        onConfirm={() => void grant()}
        onClose={() => setAsking(false)}
      />
    </details>
  )
}

const reasonChoices = [
  { value: '', label: creditText.select },
  ...returnReason.options.map((value) => ({ value, label: returnReasonLabels[value].label })),
]
