import { useState } from 'preact/hooks'
import { rotateCampaignSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/format.tsx'
import { Secret } from '../../app/components/secret.tsx'

type RotatedSecret = { secret: string; previousEndsAt: string }

/** The secret that webhooks of a campaign are signed with: shown when it is made, and never again. */
export function CampaignSecret({
  campaignId,
  createdSecret,
}: {
  campaignId: string
  createdSecret: string | undefined
}) {
  const { call } = useApi()
  const [rotated, setRotated] = useState<RotatedSecret>()
  const rotate = async () => {
    const response = await call(rotateCampaignSecret, { params: { id: campaignId }, body: {} })
    if (response.body) setRotated(response.body)
    return response
  }
  return (
    <section class="card" aria-label="Webhook secret">
      <h2>Webhook secret</h2>
      {rotated ? (
        <Secret value={rotated.secret}>
          Give it to the school now. The one before it signs as well until <Instant at={rotated.previousEndsAt} />.
        </Secret>
      ) : (
        createdSecret && <Secret value={createdSecret}>Give it to the school now.</Secret>
      )}
      <Action
        kind="second"
        run={rotate}
        confirmation={{
          title: 'Make a new secret?',
          text: <p>From now on each webhook is signed with it too. The old one signs for a day more.</p>,
          confirmLabel: 'Make it',
        }}
      >
        New secret …
      </Action>
    </section>
  )
}
