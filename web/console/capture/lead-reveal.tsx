import { useState } from 'preact/hooks'
import type * as z from 'zod'
import { revealLead } from '#shared/contract/aftercare/reveals.ts'
import type { Reveal } from '#shared/domain/aftercare/reveal.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { formatNumber } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { appText } from '../../app/text/app-text.ts'
import { describeProblem } from '../../app/text/problem-text.ts'
import { revealText } from '../text/capture-text.ts'

export type RevealedLead = z.output<(typeof revealLead.responses)[201]['body']>
type Props = {
  leadId: string
  reveals: readonly Reveal[]
  isShown: boolean
  onReveal: (revealed: RevealedLead) => void
}

/** Who viewed the contact info, and a form to show it for a stated reason. */
export function Reveals({ leadId, reveals, isShown, onReveal }: Props) {
  return (
    <div class="reveals">
      {isShown ? (
        <p role="status">{revealText.shown}</p>
      ) : (
        <Allowed to={revealLead}>
          <RevealForm leadId={leadId} onReveal={onReveal} />
        </Allowed>
      )}
      {reveals.length > 0 && (
        <details>
          <summary>
            {revealText.viewed(
              revealText.times(reveals.length, formatNumber(reveals.length)),
              reveals.at(-1)?.name ?? '',
            )}
          </summary>
          <ul class="bullets">
            {reveals.map(({ at, keyId, name, purpose }) => (
              <li key={`${at} ${keyId}`}>
                <Instant at={at} />: {name} {purpose && appText.quote(purpose)}
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
    if (purpose === '') return setFault(revealText.purposeRequired)
    const { problem, body } = await captureProblem(() => call(revealLead, { params: { leadId }, body: { purpose } }))
    setFault(problem && describeProblem(problem))
    if (body) onReveal(body)
  }
  if (!isOpen)
    return (
      <div class="actions">
        <button type="button" class="button second" onClick={() => setOpen(true)}>
          {revealText.open}
        </button>
        <span class="help">{revealText.masked}</span>
      </div>
    )
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label={revealText.purpose}
        help={revealText.purposeHelp}
        name="purpose"
        maxLength={200}
        autocomplete="off"
        autoFocus
        fault={fault}
      />
      <div class="actions">
        <button type="submit" class="button">
          {revealText.submit}
        </button>
        <button type="button" class="plain" onClick={() => setOpen(false)}>
          {appText.cancel}
        </button>
      </div>
    </form>
  )
}
