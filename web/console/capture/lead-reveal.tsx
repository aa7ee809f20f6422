import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { revealLead } from '#shared/contract/aftercare/reveals.ts'
import type { Reveal } from '#shared/domain/aftercare/reveal.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/format.tsx'

export type RevealedLead = z.output<(typeof revealLead.responses)[201]['body']>
type Props = {
  leadId: string
  reveals: readonly Reveal[]
  isShown: boolean
  onReveal: (revealed: RevealedLead) => void
}

/** Who looked at whose lead it is, and the door for who needs to. */
export function Reveals({ leadId, reveals, isShown, onReveal }: Props) {
  return (
    <div class="reveals">
      {isShown ? (
        <p role="status">Shown in full until you leave this page.</p>
      ) : (
        <RevealForm leadId={leadId} onReveal={onReveal} />
      )}
      {reveals.length > 0 && (
        <details>
          <summary>
            Looked at {reveals.length === 1 ? 'once' : `${reveals.length} times`}, last by {reveals.at(-1)?.name}
          </summary>
          <ul class="plainly">
            {reveals.map(({ at, keyId, name, purpose }) => (
              <li key={`${at} ${keyId}`}>
                <Instant at={at} />: {name} {purpose ? `(“${purpose}”)` : ''}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function RevealForm({ leadId, onReveal }: Pick<Props, 'leadId' | 'onReveal'>) {
  const { call } = useApi()
  const [isOpen, setOpen] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const purpose = String(new FormData(event.currentTarget).get('purpose') ?? '').trim()
    if (purpose === '') return setFault('Say what you need it for, such as “The visitor is on the phone”.')
    const { problem, body } = await captureProblem(() => call(revealLead, { params: { leadId }, body: { purpose } }))
    setFault(problem ? (problem.detail ?? problem.title) : undefined)
    if (body) onReveal(body)
  }
  if (!isOpen)
    return (
      <div class="actions">
        <button type="button" class="button second" onClick={() => setOpen(true)}>
          Reveal
        </button>
        <span class="help">Name, e-mail and phone are masked.</span>
      </div>
    )
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label="What do you need it for?"
        help="It is kept with the lead, with the time and the name of your key."
        name="purpose"
        maxLength={200}
        autocomplete="off"
        autoFocus
        fault={fault}
      />
      <div class="actions">
        <button type="submit" class="button">
          Show whose lead it is
        </button>
        <button type="button" class="plain" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
    </form>
  )
}
