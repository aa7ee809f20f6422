import { useRef, useState } from 'preact/hooks'
import { acceptReturn, refuseReturn } from '#shared/contract/aftercare/returns.ts'
import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { outcomeOf, useApi } from '../../app/api.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { money } from '../../app/components/words.tsx'
import { useFirstFault } from '../../app/hooks/use-first-fault.ts'

type Props = { of: Pick<LeadReturn, 'deliveryId' | 'creditCents'>; done: () => void }
type Faults = { answer?: string }

/** The two ways to decide a return. Who refuses says why. */
export function DecideReturn({ of: { deliveryId, creditCents }, done }: Props) {
  const { call } = useApi()
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<{ title: string; detail?: string | undefined }>()
  const [isSending, setSending] = useState(false)
  const place = useRef<HTMLFormElement>(null)
  useFirstFault(place, faults)
  const params = { deliveryId }

  const decide = async (form: HTMLFormElement, way: string | undefined) => {
    const answer = String(new FormData(form).get('answer') ?? '').trim()
    const isOwed = way === 'refuse' && answer === ''
    setFaults(isOwed ? { answer: 'Say why: the school reads it.' } : {})
    if (isOwed) return
    setSending(true)
    const told = await outcomeOf(() =>
      way === 'refuse'
        ? call(refuseReturn, { params, body: { answer } })
        : call(acceptReturn, { params, body: answer === '' ? {} : { answer } }),
    )
    setSending(false)
    setProblem(told.problem)
    if (told.body) done()
  }

  return (
    <form
      ref={place}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const way = event.submitter?.getAttribute('value') ?? undefined
        if (!isSending && event.currentTarget instanceof HTMLFormElement) void decide(event.currentTarget, way)
      }}
    >
      <Field
        label="Answer to the school"
        name="answer"
        maxLength={300}
        autocomplete="off"
        help="Needed if you refuse. Name nobody."
        fault={faults.answer}
      />
      <div class="actions">
        <button type="submit" value="accept" class="button" aria-disabled={isSending}>
          Accept and credit {money(creditCents)}
        </button>
        <button type="submit" value="refuse" class="button danger" aria-disabled={isSending}>
          Refuse
        </button>
      </div>
      {problem && (
        <Note kind="bad">
          <strong>{problem.title}.</strong> {problem.detail}
        </Note>
      )}
    </form>
  )
}
