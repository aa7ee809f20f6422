import { useState } from 'preact/hooks'
import { rotateCampaignSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/api.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { Instant } from '../../app/components/words.tsx'

type Rotated = { secret: string; previousEndsAt: string }

/** The secret that webhooks of a campaign are signed with: shown when it is made, and never again. */
export function CampaignSecret({ campaignId, made }: { campaignId: string; made: string | undefined }) {
  const { call } = useApi()
  const [rotated, setRotated] = useState<Rotated>()
  const rotate = async () => {
    const told = await call(rotateCampaignSecret, { params: { id: campaignId }, body: {} })
    if (told.body) setRotated(told.body)
    return told
  }
  return (
    <section class="card" aria-label="Webhook secret">
      <h2>Webhook secret</h2>
      {rotated ? (
        <Secret value={rotated.secret}>
          Give it to the school now. The one before it signs as well until <Instant at={rotated.previousEndsAt} />.
        </Secret>
      ) : (
        made && <Secret value={made}>Give it to the school now.</Secret>
      )}
      <Action
        kind="second"
        run={rotate}
        sure={{
          title: 'Make a new secret?',
          text: <p>From now on each webhook is signed with it too. The old one signs for a day more.</p>,
          yes: 'Make it',
        }}
      >
        New secret …
      </Action>
    </section>
  )
}
