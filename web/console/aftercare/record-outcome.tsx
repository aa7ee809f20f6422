import { useState } from 'preact/hooks'
import { recordOutcome, staffOutcome } from '#shared/contract/aftercare/dispositions.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field, Select } from '../../app/components/field.tsx'
import { ProblemNote } from '../../app/components/note.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { outcomeText } from '../text/aftercare-text.ts'

/** Records for a school what became of a lead: once, however often the button is pressed. */
export function RecordOutcome({ deliveryId, onDone }: { deliveryId: string; onDone: () => void }) {
  const { call } = useApi()
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID())
  const [word, setWord] = useState('')
  const [term, setTerm] = useState('')
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const record = async () => {
    const disposition = staffOutcome.safeParse(word).data
    setFault(disposition ? undefined : outcomeText.required)
    if (!disposition || isSending) return
    setSending(true)
    const response = await captureProblem(() =>
      call(recordOutcome, {
        params: { deliveryId },
        headers: { 'idempotency-key': idempotencyKey },
        body: { disposition, ...(term.trim() !== '' && { term: term.trim() }) },
      }),
    )
    setSending(false)
    setProblem(response.problem)
    if (!response.body) return
    setIdempotencyKey(crypto.randomUUID())
    onDone()
  }
  return (
    <details>
      <summary>{outcomeText.title}</summary>
      <p class="help">{outcomeText.help}</p>
      <Allowed to={recordOutcome}>
        <Select
          label={outcomeText.outcome}
          choices={choices}
          value={word}
          fault={fault}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        <Field
          label={outcomeText.term}
          help={outcomeText.termHelp}
          value={term}
          maxLength={40}
          autocomplete="off"
          onInput={(event) => setTerm(event.currentTarget.value)}
        />
        <button type="button" class="button second" aria-disabled={isSending} onClick={() => void record()}>
          {outcomeText.save}
        </button>
      </Allowed>
      {problem && <ProblemNote problem={problem} />}
    </details>
  )
}

const choices = [
  { value: '', label: outcomeText.select },
  ...staffOutcome.options.map((value) => ({ value, label: dispositionLabels[value].label })),
]
