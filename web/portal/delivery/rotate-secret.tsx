import { useState } from 'preact/hooks'
import { rotateSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { secretText } from '../text/campaigns.ts'

type RotatedSecret = { secret: string; previousEndsAt: string }

/** How long the old secret stays valid, in seconds. */
const overlapChoices = Object.entries(secretText.overlaps).map(([value, label]) => ({ value, label }))

/** Rotates the webhook secret of a campaign and shows the new one once. */
export function RotateSecret({ campaignId }: { campaignId: string }) {
  const { call } = useApi()
  const [overlap, setOverlap] = useState('86400')
  const [rotated, setRotated] = useState<RotatedSecret>()
  const rotate = async () => {
    const response = await call(rotateSecret, { body: { campaignId, overlapSeconds: Number(overlap) } })
    if (response.body) setRotated(response.body)
    return response
  }
  return (
    <section class="card" aria-labelledby="secret">
      <h2 id="secret">{secretText.title}</h2>
      <p>{secretText.help}</p>
      {rotated && (
        <Secret value={rotated.secret}>
          {secretText.installBefore}
          <Instant at={rotated.previousEndsAt} withZone />
          {secretText.installAfter}
        </Secret>
      )}
      <Select
        label={secretText.overlap}
        choices={overlapChoices}
        value={overlap}
        onChange={(event) => setOverlap(event.currentTarget.value)}
      />
      <Allowed to={rotateSecret}>
        <Action
          kind="second"
          run={rotate}
          confirmation={{
            title: secretText.rotateTitle,
            text: secretText.rotateHelp(overlapChoices.find(({ value }) => value === overlap)?.label ?? ''),
            confirmLabel: secretText.rotateConfirm,
          }}
        >
          {secretText.rotate}
        </Action>
      </Allowed>
    </section>
  )
}
