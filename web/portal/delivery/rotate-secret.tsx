import { useState } from 'preact/hooks'
import { rotateSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Select } from '../../app/components/field.tsx'
import { Instant } from '../../app/components/format.tsx'
import { Secret } from '../../app/components/secret.tsx'

type RotatedSecret = { secret: string; previousEndsAt: string }

const overlaps = [
  { value: '3600', label: 'for an hour' },
  { value: '86400', label: 'for a day' },
  { value: '604800', label: 'for a week' },
]

/** A new secret for the webhooks of a campaign: shown when it is made, and never again. */
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
      <h2 id="secret">Webhook secret</h2>
      <p>
        Your system knows by it that a lead comes from us. Make a new one when the old one may be known to somebody who
        should not have it, or when your rules ask for it.
      </p>
      {rotated && (
        <Secret value={rotated.secret}>
          Put it into your system before <Instant at={rotated.previousEndsAt} />: until then each lead is signed with
          the old secret as well, so none is missed.
        </Secret>
      )}
      <Select
        label="The old one still signs"
        choices={overlaps}
        value={overlap}
        onChange={(event) => setOverlap(event.currentTarget.value)}
      />
      <Action
        kind="second"
        run={rotate}
        confirmation={{
          title: 'Make a new secret?',
          text: `It is shown once. Whoever looks after your system must put it in: the old one still signs ${
            overlaps.find(({ value }) => value === overlap)?.label
          }.`,
          confirmLabel: 'Make it',
        }}
      >
        New secret …
      </Action>
    </section>
  )
}
